package dev.fettle.core.detect;

import dev.fettle.api.profile.Rate;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A value with its 95 % interval. The unit is the run: occurrences within a run are not independent.
 *
 * @param units runs behind it; with one there is no interval: its ends are not numbers
 */
record Interval(double value, double low, double high, long units) {
    private static final double CONFIDENCE = 0.95;

    static Interval of(Rate rate) {
        return new Interval(rate.value(), rate.low(), rate.high(), rate.trials());
    }

    static Interval exactly(double value, long units) {
        return new Interval(value, value, value, units);
    }

    /** The mean of one value for each run, by Student's t. */
    static Interval mean(List<Double> values) {
        double[] ones = new double[values.size()];
        Arrays.fill(ones, 1);
        return ratio(values.stream().mapToDouble(Double::doubleValue).toArray(), ones);
    }

    /**
     * The sum of the numerators on the sum of the denominators, one pair for each run: the ratio estimator of survey
     * sampling with its linearized variance (W. G. Cochran, Sampling Techniques, 1977, chapter 6).
     */
    static Interval ratio(double[] numerators, double[] denominators) {
        int n = numerators.length;
        double top = 0;
        double bottom = 0;
        for (int i = 0; i < n; i++) {
            top += numerators[i];
            bottom += denominators[i];
        }
        double value = top / bottom;
        if (n < 2 || !Double.isFinite(value)) {
            return new Interval(value, Double.NaN, Double.NaN, n);
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double residual = numerators[i] - value * denominators[i];
            squares += residual * residual;
        }
        double error = Math.sqrt(squares * n / (n - 1)) / bottom;
        double half = new TDistribution(n - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2) * error;
        return new Interval(value, value - half, value + half, n);
    }

    /** The ends in words, each by the given format. */
    String words(DoubleFunction<String> format) {
        if (Double.isFinite(low) && Double.isFinite(high)) {
            return format.apply(low) + " to " + format.apply(high);
        }
        return units == 1 ? "one run, no interval" : "no interval";
    }

    /** The interval cut to these bounds. */
    Interval within(double least, double most) {
        return new Interval(value, Math.max(least, low), Math.min(most, high), units);
    }

    /** The interval of a mean that was measured more exactly than the sample gives it. */
    Interval around(double exactValue) {
        double shift = exactValue - value;
        return new Interval(exactValue, low + shift, high + shift, units);
    }

    /** This interval, or the value alone where nothing was measured. */
    Interval orExactly(double assumed) {
        return units > 0 ? this : exactly(assumed, 0);
    }

    /** Whether the value is over the threshold beyond its own uncertainty. */
    boolean surelyOver(double threshold) {
        return units >= 2 && low > threshold;
    }
}
