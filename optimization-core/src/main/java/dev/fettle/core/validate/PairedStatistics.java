package dev.fettle.core.validate;

import dev.fettle.api.validate.Measured;
import java.util.List;

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
