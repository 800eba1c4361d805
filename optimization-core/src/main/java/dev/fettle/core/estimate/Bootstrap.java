package dev.fettle.core.estimate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.util.KthSelector;

/**
 * 90 % prediction intervals by the bootstrap: where a statistic of as many further runs lies. What a workflow will measure
 * after a change differs from what is told by the error of the runs that were replayed and by that of the runs to come, which
 * are independent and as large as each other: the interval is the root of two times that of the statistic itself.
 */
final class Bootstrap {
    private static final double TAIL = 0.05;
    /** With fewer runs many draws have hardly any spread, and their t goes astray. */
    private static final int ENOUGH_TO_STUDENTIZE = 8;

    /** A draw of equal values has no t; it counts as one this many times beyond the quantile of Student's. */
    private static final double FARTHEST = 10;

    private static final double ROUNDING = 1e-12;

    /** The error of the replayed runs and that of as many others, in errors of the former. */
    private static final double BOTH = Math.sqrt(2);

    /** By draw and run: how often the run was drawn. */
    private final int[][] draws;

    private final int runs;
    private final double lowRank;

    /** Student's quantile for the runs; not a number where there are fewer than two. */
    private final double student;

    /** An interval around a value. */
    record Interval(double low, double high) {}

    Bootstrap(int runs, int resamples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        draws = new int[runs < 2 ? 0 : resamples][runs];
        for (int[] draw : draws) {
            for (int i = 0; i < runs; i++) {
                draw[random.nextInt(runs)]++;
            }
        }
        this.runs = runs;
        student = runs < 2 ? Double.NaN : new TDistribution(null, runs - 1.0).inverseCumulativeProbability(1 - TAIL);
        lowRank = runs < 2
                ? TAIL
                : new NormalDistribution(null, 0, 1).cumulativeProbability(-student * Math.sqrt(runs / (runs - 1.0)));
    }

    /**
     * The intervals of quantiles of the runs' values; not numbers where there are fewer than two runs. Percentiles of draws
     * are moved outward for small samples as in T. C. Hesterberg, "What Teachers Should Know About the Bootstrap", The
     * American Statistician 69 (2015): plain ones are too narrow by the ratio of the t to the normal quantile and by
     * sqrt(n / (n - 1)).
     *
     * @param ranks ascending
     */
    Interval[] quantileIntervals(double[] values, double... ranks) {
        Interval[] intervals = new Interval[ranks.length];
        Arrays.fill(intervals, new Interval(Double.NaN, Double.NaN));
        if (draws.length == 0) {
            return intervals;
        }
        int[] order = order(values);
        double[] sorted = Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
        double[][] quantiles = new double[ranks.length][draws.length];
        for (int draw = 0; draw < draws.length; draw++) {
            int[] times = draws[draw];
            int at = 0;
            int drawn = times[order[0]];
            for (int i = 0; i < ranks.length; i++) {
                double position = ranks[i] * (runs - 1);
                int below = (int) Math.floor(position);
                while (drawn <= below) {
                    drawn += times[order[++at]];
                }
                int above = at;
                for (int more = drawn; more <= below + 1 && above + 1 < runs; ) {
                    more += times[order[++above]];
                }
                double low = values[order[at]];
                quantiles[i][draw] = low + (position - below) * (values[order[above]] - low);
            }
        }
        for (int i = 0; i < ranks.length; i++) {
            double value = quantileOfSorted(sorted, ranks[i]);
            double low = selected(quantiles[i], lowRank);
            double high = selected(quantiles[i], 1 - lowRank);
            intervals[i] = new Interval(value - BOTH * (value - low), value + BOTH * (high - value));
        }
        return intervals;
    }

    /** Positions of the values, the least first. */
    private static int[] order(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * The interval of the mean. Runs are skewed to the right: a sample that lacks long ones has a mean and a deviation that are
     * too low at once, for which percentiles do not reach far enough up. The bootstrap of Student's t (P. Hall, "Theoretical
     * comparison of bootstrap confidence intervals", The Annals of Statistics 16, 1988), here with the mean of another draw in
     * place of the true one, learns that from the draws; below {@value #ENOUGH_TO_STUDENTIZE} runs Hall's transformation takes
     * the skewness out ("On the removal of skewness by transformation", Journal of the Royal Statistical Society B 54, 1992).
     */
    Interval meanInterval(double[] values) {
        int n = runs;
        if (draws.length == 0) {
            return new Interval(Double.NaN, Double.NaN);
        }
        double mean = mean(values);
        double error = deviation(values, mean) / Math.sqrt(n);
        if (!(error > 0)) {
            return new Interval(mean, mean);
        }
        if (n < ENOUGH_TO_STUDENTIZE) {
            double skewness = skewness(values, mean);
            return new Interval(
                    mean - BOTH * unskewed(student, skewness, n) * error,
                    mean - BOTH * unskewed(-student, skewness, n) * error);
        }
        double[] shifts = new double[draws.length];
        double[] errors = new double[draws.length];
        moments(values, mean, shifts, errors);
        double[] t = new double[draws.length];
        double most = FARTHEST * student;
        for (int i = 0; i < t.length; i++) {
            double shift = shifts[(i + 1) % t.length] - shifts[i];
            // rounding leaves a little of a draw of equal values
            double own = errors[i] > ROUNDING * error ? BOTH * errors[i] : 0;
            double ratio = own > 0 ? shift / own : Math.signum(shift) * most;
            t[i] = Math.max(-most, Math.min(most, ratio));
        }
        double unit = BOTH * error;
        return new Interval(mean + selected(t, TAIL) * unit, mean + selected(t, 1 - TAIL) * unit);
    }

    /** By draw: its mean less that of the runs, and the error of its mean. */
    private void moments(double[] values, double mean, double[] shifts, double[] errors) {
        double[] away = new double[runs];
        double[] squares = new double[runs];
        for (int i = 0; i < runs; i++) {
            away[i] = values[i] - mean;
            squares[i] = away[i] * away[i];
        }
        for (int i = 0; i < shifts.length; i++) {
            int[] times = draws[i];
            double sum = 0;
            double sumOfSquares = 0;
            for (int j = 0; j < runs; j++) {
                sum += times[j] * away[j];
                sumOfSquares += times[j] * squares[j];
            }
            shifts[i] = sum / runs;
            errors[i] = Math.sqrt(Math.max(0, sumOfSquares - sum * shifts[i]) / (runs - 1.0) / runs);
        }
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

    /** The same of draws, which need not be sorted for it; moves them. */
    private static double selected(double[] draws, double rank) {
        int below = (int) Math.floor(rank * (draws.length - 1));
        KthSelector selector = new KthSelector();
        selector.select(draws, null, below);
        if (below + 1 < draws.length) {
            selector.select(draws, null, below + 1);
        }
        return quantileOfSorted(draws, rank);
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
