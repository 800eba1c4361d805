package dev.fettle.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import org.junit.jupiter.api.Test;

final class SavedStateTest {
    @Test
    void keepsNumbersBitForBit() {
        double[] reals = {0.1, -1e-300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE};
        String json = new SavedState("x")
                .with("random", Long.MIN_VALUE)
                .with("start", 1.0 / 3)
                .with("best", new int[] {3, -1})
                .with("none", new int[0])
                .with("reals", reals)
                .json();
        SavedState read = SavedState.parse("x", json);
        assertThat(read.number("random")).isEqualTo(Long.MIN_VALUE);
        assertThat(read.real("start")).isEqualTo(1.0 / 3);
        assertThat(read.integers("best")).containsExactly(3, -1);
        assertThat(read.integers("none")).isEmpty();
        assertThat(read.reals("reals")).containsExactly(reals);
        assertThat(read.json()).isEqualTo(json);
    }

    @Test
    void readsJsonThatSomebodyIndented() {
        SavedState read =
                SavedState.parse("x", "{\n  \"algorithm\": \"x\",\n  \"best\": [1, 2],\n  \"random\": 7\n}\n");
        assertThat(read.integers("best")).containsExactly(1, 2);
        assertThat(read.number("random")).isEqualTo(7);
    }

    @Test
    void refusesWhatItDidNotWrite() {
        assertThatThrownBy(() -> SavedState.parse("x", "{\"algorithm\":\"y\"}")).isInstanceOf(FettleException.class);
        SavedState state = SavedState.parse("x", "{\"algorithm\":\"x\",\"best\":[1,a]}");
        assertThatThrownBy(() -> state.integers("best")).isInstanceOf(FettleException.class);
        assertThatThrownBy(() -> state.number("random")).isInstanceOf(FettleException.class);
    }
}
