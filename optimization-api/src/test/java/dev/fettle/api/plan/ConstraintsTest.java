package dev.fettle.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.strategy.RiskLevel;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
    private static Constraints bounds(double minQuality, double maxCostUsd, double maxMemoryBytes) {
        return new Constraints(RiskLevel.HIGH, minQuality, maxCostUsd, maxMemoryBytes, Set.of(), 0);
    }

    @Test
    void aBoundThatIsMetExactlyIsKeptWhateverRoundingDoes() {
        Constraints bounds = bounds(0.92, 0.3, 3e9);
        assertThat(1 - 0.01 - 0.07).isLessThan(0.92);
        assertThat(bounds.allowsQuality(1 - 0.01 - 0.07)).isTrue();
        assertThat(0.1 + 0.2).isGreaterThan(0.3);
        assertThat(bounds.allowsCostUsd(0.1 + 0.2)).isTrue();
        assertThat(bounds.allowsMemoryBytes(Math.nextUp(3e9))).isTrue();
    }

    @Test
    void whatMissesABoundByMoreDoesNotKeepIt() {
        Constraints bounds = bounds(0.92, 0.3, 3e9);
        assertThat(bounds.allowsQuality(0.919999)).isFalse();
        assertThat(bounds.allowsCostUsd(0.300001)).isFalse();
        assertThat(bounds.allowsMemoryBytes(3e9 + 100)).isFalse();
        assertThat(bounds(0, 0, 0).allowsCostUsd(1e-12)).isFalse();
    }

    @Test
    void whatIsUnknownKeepsOnlyWhatIsNoBound() {
        Constraints bounds = bounds(0.92, 0.3, 3e9);
        assertThat(bounds.allowsQuality(Double.NaN)).isFalse();
        assertThat(bounds.allowsCostUsd(Double.NaN)).isFalse();
        assertThat(bounds.allowsMemoryBytes(Double.NaN)).isFalse();
        Constraints none = bounds(0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        assertThat(none.allowsQuality(Double.NaN)).isTrue();
        assertThat(none.allowsQuality(-0.1)).isTrue();
        assertThat(none.allowsCostUsd(Double.NaN)).isTrue();
        assertThat(none.allowsMemoryBytes(Double.NaN)).isTrue();
    }
}
