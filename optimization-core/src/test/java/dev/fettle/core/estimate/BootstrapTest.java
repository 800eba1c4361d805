package dev.fettle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapTest {
    private static final int REPETITIONS = 600;

    /** Over so many repetitions, a coverage of 0.85 comes out as 0.82 at the least. */
    private static final double LUCK = 0.03;

    @ParameterizedTest
    @CsvSource({"0.3, 4", "0.5, 4", "0.5, 8", "0.5, 20", "0.5, 64", "1, 8", "1, 20", "1, 64"})
    void theIntervalCoversTheTrueMeanOfSkewedRunsInAboutNinetyPercentOfCases(double sigma, int runs) {
        double truth = Math.exp(sigma * sigma / 2);
        int covered = 0;
        Random random = new Random(runs);
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            double[] values = new double[runs];
            for (int i = 0; i < runs; i++) {
                values[i] = Math.exp(sigma * random.nextGaussian());
            }
            Bootstrap.Interval interval = new Bootstrap(runs, 300, repetition).meanInterval(values);
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }
        assertThat((double) covered / REPETITIONS).isBetween(0.85 - LUCK, 0.95 + LUCK);
    }

    @Test
    void runsThatAreAllEqualLeaveNoDoubt() {
        assertThat(new Bootstrap(9, 100, 1).meanInterval(new double[] {2, 2, 2, 2, 2, 2, 2, 2, 2}))
                .isEqualTo(new Bootstrap.Interval(2, 2));
        assertThat(new Bootstrap(3, 100, 1).meanInterval(new double[] {2, 2, 2}))
                .isEqualTo(new Bootstrap.Interval(2, 2));
    }

    @Test
    void oneRunHasNoInterval() {
        assertThat(new Bootstrap(1, 100, 1).meanInterval(new double[] {2}).low())
                .isNaN();
    }

    @Test
    void theIntervalOfRunsSkewedToTheRightReachesFartherUp() {
        for (int runs : new int[] {5, 12}) {
            double[] values = new double[runs];
            java.util.Arrays.fill(values, 1);
            values[0] = 3;
            values[1] = 2;
            values[2] = 0.9;
            double mean = Bootstrap.mean(values);
            Bootstrap.Interval interval = new Bootstrap(runs, 400, 1).meanInterval(values);
            assertThat(interval.high() - mean).isGreaterThan(1.2 * (mean - interval.low()));
        }
    }
}
