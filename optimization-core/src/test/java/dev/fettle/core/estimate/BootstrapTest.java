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
    void theIntervalHoldsTheMeanOfAsManyOtherSkewedRunsInAboutNinetyPercentOfCases(double sigma, int runs) {
        int covered = 0;
        Random random = new Random(runs);
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            double[] values = logNormal(random, sigma, runs);
            double later = Bootstrap.mean(logNormal(random, sigma, runs));
            Bootstrap.Interval interval = new Bootstrap(runs, 300, repetition).meanInterval(values);
            covered += interval.low() <= later && later <= interval.high() ? 1 : 0;
        }
        assertThat((double) covered / REPETITIONS).isBetween(0.85 - LUCK, 0.95 + LUCK);
    }

    private static double[] logNormal(Random random, double sigma, int runs) {
        return random.doubles(runs, 0, 1)
                .map(ignored -> Math.exp(sigma * random.nextGaussian()))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 12", "0.5, 40", "0.9, 40"})
    void theIntervalsOfQuantilesHoldThoseOfAsManyOtherRunsInMostCases(double rank, int runs) {
        int covered = 0;
        Random random = new Random(runs);
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            double[] values = logNormal(random, 0.5, runs);
            double later = Bootstrap.quantile(rank).applyAsDouble(logNormal(random, 0.5, runs));
            Bootstrap.Interval interval = new Bootstrap(runs, 300, repetition).quantileIntervals(values, rank)[0];
            covered += interval.low() <= later && later <= interval.high() ? 1 : 0;
        }
        assertThat((double) covered / REPETITIONS).isBetween(0.83 - LUCK, 0.97 + LUCK);
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
