package dev.fettle.benchmarks.regression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.search.bayesian.gp.GaussianProcess;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The benchmark measures a fit that finds what matters, and predictions that hold. */
class GaussianProcessBenchmarkTest {
    private static final int RELEVANT = 5;

    private final GaussianProcessBenchmark benchmark = new GaussianProcessBenchmark();

    @Test
    void theFitFindsTheFeaturesThatMatterAndTheNoise() {
        benchmark.rows = 200;
        benchmark.generate();
        GaussianProcess process = benchmark.fit();
        double[] lengths = process.lengthScales();
        double longestRelevant = Arrays.stream(lengths, 0, RELEVANT).max().orElseThrow();
        assertThat(Arrays.stream(lengths, RELEVANT, lengths.length)
                        .filter(length -> length > longestRelevant)
                        .count())
                .isGreaterThanOrEqualTo(12);
        assertThat(process.noise()).isBetween(0.5, 1.5);
    }

    @Test
    void thePredictionsAreCloseToTheFunctionAndSureWhereTheyMayBe() {
        benchmark.rows = 200;
        benchmark.generate();
        double[] means = benchmark.predict();
        double[] deviations = benchmark.deviations();
        double squares = 0;
        double expected = 0;
        for (int i = 0; i < means.length; i++) {
            double[] x = benchmark.points()[i];
            double truth =
                    10 * Math.sin(Math.PI * x[0] * x[1]) + 20 * (x[2] - 0.5) * (x[2] - 0.5) + 10 * x[3] + 5 * x[4];
            squares += (means[i] - truth) * (means[i] - truth);
            expected += deviations[i] * deviations[i];
        }
        double error = Math.sqrt(squares / means.length);
        assertThat(error).isLessThan(1);
        assertThat(Math.sqrt(expected / means.length)).isBetween(error / 2, error * 2);
    }
}
