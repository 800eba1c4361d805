package dev.fettle.core.estimate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * 90 % intervals by the bootstrap: statistics of runs drawn again with replacement. The percentiles are moved outward for
 * small samples as in T. C. Hesterberg, "What Teachers Should Know About the Bootstrap", The American Statistician 69
 * (2015): plain percentiles are too narrow by the ratio of the t to the normal quantile and by sqrt(n / (n - 1)).
 */
final class Bootstrap {
    private static final double TAIL = 0.05;

    private final int[][] draws;
    private final double lowRank;

    /** An interval around a value. */
    record Interval(double low, double high) {}

    Bootstrap(int runs, int resamples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        draws = new int[runs < 2 ? 0 : resamples][runs];
        for (int[] draw : draws) {
            for (int i = 0; i < runs; i++) {
                draw[i] = random.nextInt(runs);
            }
        }
        lowRank = runs < 2 ? TAIL : expandedTail(runs);
    }

    private static double expandedTail(int runs) {
        double t = new TDistribution(null, runs - 1.0).inverseCumulativeProbability(TAIL);
        return new NormalDistribution(null, 0, 1).cumulativeProbability(t * Math.sqrt(runs / (runs - 1.0)));
    }

    /** The interval of a statistic of the runs' values; not a number where there are fewer than two runs. */
    Interval interval(double[] values, ToDoubleFunction<double[]> statistic) {
        if (draws.length == 0) {
            return new Interval(Double.NaN, Double.NaN);
        }
        double[] statistics = new double[draws.length];
        double[] drawn = new double[values.length];
        for (int i = 0; i < statistics.length; i++) {
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = values[draws[i][j]];
            }
            statistics[i] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(statistics);
        return new Interval(quantileOfSorted(statistics, lowRank), quantileOfSorted(statistics, 1 - lowRank));
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? Double.NaN : sum / values.length;
    }

    /** Linear interpolation between order statistics (Hyndman and Fan's type 7). */
    static ToDoubleFunction<double[]> quantile(double rank) {
        return values -> {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return quantileOfSorted(sorted, rank);
        };
    }

    private static double quantileOfSorted(double[] sorted, double rank) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double position = rank * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
