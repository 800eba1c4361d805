package dev.fettle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
    private static final int REPETITIONS = 600;
    private static final double SIGMA = 0.5;

    @ParameterizedTest
    @ValueSource(ints = {8, 20, 64})
    void theIntervalCoversTheTrueMeanInAboutNinetyPercentOfCases(int runs) {
        double truth = Math.exp(SIGMA * SIGMA / 2);
        int covered = 0;
        Random random = new Random(runs);
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            double[] values = new double[runs];
            for (int i = 0; i < runs; i++) {
                values[i] = Math.exp(SIGMA * random.nextGaussian());
            }
            Bootstrap.Interval interval = new Bootstrap(runs, 300, repetition).interval(values, Bootstrap::mean);
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }
        assertThat((double) covered / REPETITIONS).isBetween(0.85, 0.95);
    }
}
