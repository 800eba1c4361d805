package dev.fettle.testkit.search;

import dev.fettle.api.Stable;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what a stochastic thing does over many seeds. */
@Stable
public final class DistributionAssert extends AbstractAssert<DistributionAssert, double[]> {
    private DistributionAssert(double[] sorted) {
        super(sorted, DistributionAssert.class);
    }

    /** The distribution of a number over the seeds 0, 1, 2, ... */
    public static DistributionAssert assertThatOverSeeds(int seeds, LongToDoubleFunction outcome) {
        return assertThatSample(LongStream.range(0, seeds).mapToDouble(outcome).toArray());
    }

    public static DistributionAssert assertThatSample(double... sample) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return new DistributionAssert(sorted);
    }

    /** The mean is within some standard errors of a value. */
    public DistributionAssert hasMeanNear(double expected, double standardErrors) {
        double mean = mean();
        double squares = Arrays.stream(actual).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (actual.length - 1) / actual.length);
        if (Math.abs(mean - expected) > standardErrors * error + 1e-12) {
            throw failure("Expected a mean near %s but it was %s with a standard error of %s", expected, mean, error);
        }
        return this;
    }

    public DistributionAssert hasMeanAtMost(double limit) {
        return atMost("mean", mean(), limit);
    }

    public DistributionAssert hasMedianAtMost(double limit) {
        return hasQuantileAtMost(0.5, limit);
    }

    public DistributionAssert hasMaximumAtMost(double limit) {
        return hasQuantileAtMost(1, limit);
    }

    /** The quantile by linear interpolation between the sorted values (type 7 of Hyndman and Fan). */
    public DistributionAssert hasQuantileAtMost(double share, double limit) {
        double position = share * (actual.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, actual.length - 1);
        double quantile = actual[below] + (position - below) * (actual[above] - actual[below]);
        return atMost(share + "-quantile", quantile, limit);
    }

    /**
     * The counts of a discrete outcome are those of the expected probabilities by Pearson's chi-squared test: fails where
     * the statistic is above its mean by more than some standard deviations.
     */
    public static void assertFrequencies(long[] counts, double[] probabilities, double deviations) {
        long total = LongStream.of(counts).sum();
        double statistic = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = total * probabilities[i];
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        int freedom = counts.length - 1;
        double limit = freedom + deviations * Math.sqrt(2.0 * freedom);
        if (!(statistic <= limit)) {
            throw new AssertionError("The counts " + Arrays.toString(counts) + " are not those of the probabilities "
                    + Arrays.toString(probabilities) + ": chi-squared " + statistic + ", expected at most " + limit);
        }
    }

    private double mean() {
        return Arrays.stream(actual).average().orElse(Double.NaN);
    }

    private DistributionAssert atMost(String what, double value, double limit) {
        if (!(value <= limit)) {
            throw failure(
                    "Expected a %s of at most %s but it was %s in %s", what, limit, value, Arrays.toString(actual));
        }
        return this;
    }
}
