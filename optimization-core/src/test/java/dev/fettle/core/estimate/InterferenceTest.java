package dev.fettle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterferenceTest {
    @Test
    void aNodeThatWasNotMeasuredIsSlowedLikeTheMean() {
        Interference interference = new Interference(1.3, Map.of("pack", 1.7));
        assertThat(interference.of("pack")).isEqualTo(1.7);
        assertThat(interference.of("count")).isEqualTo(1.3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.99, 2.01, Double.NaN})
    void whatNoTwoProcessorsDoIsRefused(double slowdown) {
        assertThatThrownBy(() -> new Interference(slowdown, Map.of())).hasMessageContaining("(" + slowdown + ")");
        assertThatThrownBy(() -> new Interference(1.2, Map.of("pack", slowdown)))
                .hasMessageContaining("'pack'")
                .hasMessageContaining("(" + slowdown + ")");
    }
}
