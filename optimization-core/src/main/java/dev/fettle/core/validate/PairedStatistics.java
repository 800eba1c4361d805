package dev.fettle.core.validate;

import dev.fettle.api.validate.Measured;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Speedup and saved cost from paired runs. Durations are compared as the logarithm of their ratio within a pair, so that
 * one slow input weighs no more than a fast one; the speedup is the geometric mean. Outliers stay in.
 */
final class PairedStatistics {
    private static final Measured UNMEASURED = new Measured(Double.NaN, Double.NaN, Double.NaN);

    private final List<PairOutcome> timed;
    private final Bootstrap bootstrap;

    PairedStatistics(List<PairOutcome> pairs, Bootstrap bootstrap) {
        this.timed = pairs.stream().filter(PairOutcome::timed).toList();
        this.bootstrap = bootstrap;
    }

    /** Pairs in which both runs gave a duration. */
    int count() {
        return timed.size();
    }

    Measured speedup() {
        double[] logs = timed.stream()
                .mapToDouble(
                        pair -> Math.log(pair.first().seconds() / pair.second().seconds()))
                .toArray();
        Measured log = bootstrap.interval(logs.length, chosen -> mean(logs, chosen));
        return new Measured(Math.exp(log.value()), Math.exp(log.low()), Math.exp(log.high()));
    }

    /**
     * The speedup with Student's interval of the logarithms, which also reaches beyond what was seen: for looks that ask for
     * more than resampling a few pairs can tell.
     *
     * @param tail chance to miss on one side
     */
    Measured speedupByT(double tail) {
        double[] logs = timed.stream()
                .mapToDouble(
                        pair -> Math.log(pair.first().seconds() / pair.second().seconds()))
                .toArray();
        Measured log = studentized(logs, tail);
        return new Measured(Math.exp(log.value()), Math.exp(log.low()), Math.exp(log.high()));
    }

    /** The cost reduction with Student's interval of its jackknife pseudo-values (J. W. Tukey, 1958). */
    Measured costReductionByT(double tail) {
        Measured plain = costReduction();
        int n = timed.size();
        if (n < 2 || !Double.isFinite(plain.value()) || plain.low() == plain.high()) {
            return plain;
        }
        double before =
                timed.stream().mapToDouble(pair -> pair.first().cost().usd()).sum();
        double after =
                timed.stream().mapToDouble(pair -> pair.second().cost().usd()).sum();
        double[] pseudo = timed.stream()
                .mapToDouble(pair -> n * plain.value()
                        - (n - 1)
                                * reduction(
                                        before - pair.first().cost().usd(),
                                        after - pair.second().cost().usd()))
                .toArray();
        Measured student = studentized(pseudo, tail);
        return new Measured(plain.value(), student.low(), student.high());
    }

    private static Measured studentized(double[] values, double tail) {
        int n = values.length;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        if (n < 2) {
            return new Measured(mean, Double.NaN, Double.NaN);
        }
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double half = new TDistribution(null, n - 1.0).inverseCumulativeProbability(1 - tail)
                * Math.sqrt(squares / (n - 1) / n);
        return new Measured(mean, mean - half, mean + half);
    }

    /**
     * The part of the summed cost that is saved; negative infinity where the original is free and the candidate is not, NaN
     * where the candidate uses more of what has no known price.
     */
    Measured costReduction() {
        if (timed.isEmpty()
                || !timed.stream()
                        .allMatch(pair ->
                                pair.second().cost().comparableWith(pair.first().cost()))) {
            return UNMEASURED;
        }
        double[] before =
                timed.stream().mapToDouble(pair -> pair.first().cost().usd()).toArray();
        double[] after =
                timed.stream().mapToDouble(pair -> pair.second().cost().usd()).toArray();
        return bootstrap.interval(before.length, chosen -> reduction(sum(before, chosen), sum(after, chosen)));
    }

    private static double reduction(double before, double after) {
        if (before > 0) {
            return 1 - after / before;
        }
        return after > 0 ? Double.NEGATIVE_INFINITY : 0;
    }

    private static double mean(double[] values, int[] chosen) {
        return sum(values, chosen) / chosen.length;
    }

    private static double sum(double[] values, int[] chosen) {
        double sum = 0;
        for (int index : chosen) {
            sum += values[index];
        }
        return sum;
    }
}
