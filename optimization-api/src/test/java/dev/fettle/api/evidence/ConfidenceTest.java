package dev.fettle.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.profile.Rate;
import org.junit.jupiter.api.Test;

final class ConfidenceTest {
    @Test
    void growsWithConfirmationsAndIsZeroWithout() {
        assertThat(Confidence.ofConfirmations(0)).isZero();
        assertThat(Confidence.ofConfirmations(10)).isCloseTo(0.7225, within(1e-4));
        assertThat(Confidence.ofConfirmations(41)).isCloseTo(0.9143, within(1e-4));
    }

    @Test
    void posteriorOfARateBelowAThreshold() {
        assertThat(Confidence.below(0.5, Rate.of(0, 0))).isCloseTo(0.5, within(1e-12));
        assertThat(Confidence.below(0.5, Rate.of(5, 10))).isCloseTo(0.5, within(1e-12));
        // Beta(1, 2): P(x < 0.3) = 1 - 0.7^2
        assertThat(Confidence.below(0.3, Rate.of(0, 1))).isCloseTo(0.51, within(1e-12));
        // Beta(3, 2): P(x < 0.5) = 5/16
        assertThat(Confidence.below(0.5, Rate.of(2, 3))).isCloseTo(0.3125, within(1e-12));
        assertThat(Confidence.below(0.5, Rate.of(40_000, 100_000))).isCloseTo(1, within(1e-9));
        assertThat(Confidence.below(0.5, Rate.of(60_000, 100_000))).isCloseTo(0, within(1e-9));
    }

    @Test
    void figuresHaveThreeSignificantDigits() {
        assertThat(Figures.number(0)).isEqualTo("0");
        assertThat(Figures.number(1234.5)).isEqualTo("1235");
        assertThat(Figures.number(1.5)).isEqualTo("1.5");
        assertThat(Figures.number(0.012345)).isEqualTo("0.0123");
        assertThat(Figures.number(Double.NaN)).isEqualTo("NaN");
        assertThat(Figures.rate(Rate.of(3, 20))).isEqualTo("3 of 20 (95 % interval 0.05-0.36)");
        assertThat(Figures.count(1, "run")).isEqualTo("1 run");
    }
}
