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
    /** With fewer runs many draws have hardly any spread, and their t goes astray. */
    private static final int ENOUGH_TO_STUDENTIZE = 8;

    /** A draw of equal values has no t; it counts as one this many times beyond the quantile of Student's. */
    private static final double FARTHEST = 10;

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

    /**
     * The interval of the mean. Runs are skewed to the right, for which percentiles reach too low: the bootstrap of Student's
     * t (P. Hall, "Theoretical comparison of bootstrap confidence intervals", The Annals of Statistics 16, 1988) learns the
     * skewness from the draws, and below {@value #ENOUGH_TO_STUDENTIZE} runs Hall's transformation takes it out ("On the
     * removal of skewness by transformation", Journal of the Royal Statistical Society B 54, 1992).
     */
    Interval meanInterval(double[] values) {
        int n = values.length;
        if (draws.length == 0 || n < 2) {
            return new Interval(Double.NaN, Double.NaN);
        }
        double mean = mean(values);
        double error = deviation(values, mean) / Math.sqrt(n);
        if (!(error > 0)) {
            return new Interval(mean, mean);
        }
        double student = new TDistribution(null, n - 1.0).inverseCumulativeProbability(1 - TAIL);
        if (n < ENOUGH_TO_STUDENTIZE) {
            double skewness = skewness(values, mean);
            return new Interval(
                    mean - unskewed(student, skewness, n) * error, mean - unskewed(-student, skewness, n) * error);
        }
        double[] t = new double[draws.length];
        double[] drawn = new double[n];
        for (int i = 0; i < t.length; i++) {
            for (int j = 0; j < n; j++) {
                drawn[j] = values[draws[i][j]];
            }
            double mid = mean(drawn);
            double own = deviation(drawn, mid) / Math.sqrt(n);
            double most = FARTHEST * student;
            double ratio = own > 0 ? (mid - mean) / own : Math.signum(mid - mean) * most;
            t[i] = Math.max(-most, Math.min(most, ratio));
        }
        Arrays.sort(t);
        return new Interval(mean - quantileOfSorted(t, 1 - TAIL) * error, mean - quantileOfSorted(t, TAIL) * error);
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    private static double skewness(double[] values, double mean) {
        double deviation = deviation(values, mean);
        double cubes = 0;
        for (double value : values) {
            double z = (value - mean) / deviation;
            cubes += z * z * z;
        }
        return cubes / values.length;
    }

    /** The inverse of t + s t^2 / 3 + s^2 t^3 / 27 + s / (6 n), s the skewness by the root of n, which has no skewness. */
    private static double unskewed(double t, double skewness, int n) {
        double s = skewness / Math.sqrt(n);
        return Math.abs(s) < 1e-9 ? t : 3 * (Math.cbrt(1 + s * (t - s / 6)) - 1) / s;
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
