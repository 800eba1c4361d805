package dev.fettle.core.validate;

import dev.fettle.api.validate.Measured;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The bias-corrected and accelerated bootstrap interval (BCa; B. Efron, JASA 82, 1987) of a statistic over paired
 * observations. Its quantiles are expanded for small samples as in T. Hesterberg, The American Statistician 69 (2015):
 * plain bootstrap intervals of ten pairs cover some 90 % where 95 % are meant.
 */
final class Bootstrap {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    private final int resamples;
    private final long seed;
    private final double tail;

    /**
     * @param tail chance to miss the true value on one side
     */
    Bootstrap(int resamples, long seed, double tail) {
        this.resamples = resamples;
        this.seed = seed;
        this.tail = tail;
    }

    /**
     * @param n observations
     * @param statistic of the observations with these indices; an index may occur several times
     * @return the statistic of all with its interval; the interval is NaN for fewer than two observations
     */
    Measured interval(int n, ToDoubleFunction<int[]> statistic) {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        double value = n == 0 ? Double.NaN : statistic.applyAsDouble(all);
        if (n < 2 || !Double.isFinite(value)) {
            double bound = n < 2 ? Double.NaN : value;
            return new Measured(value, bound, bound);
        }
        double[] replicates = replicates(n, statistic);
        Arrays.sort(replicates);
        if (replicates[0] == replicates[replicates.length - 1]) {
            return new Measured(value, value, value);
        }
        double bias = bias(replicates, value);
        double acceleration = acceleration(n, statistic);
        double z = Math.sqrt(n / (n - 1.0)) * new TDistribution(n - 1).inverseCumulativeProbability(1 - tail);
        return new Measured(
                value,
                quantile(replicates, level(bias, acceleration, -z)),
                quantile(replicates, level(bias, acceleration, z)));
    }

    private double[] replicates(int n, ToDoubleFunction<int[]> statistic) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] replicates = new double[resamples];
        int[] chosen = new int[n];
        for (int b = 0; b < resamples; b++) {
            for (int i = 0; i < n; i++) {
                chosen[i] = random.nextInt(n);
            }
            replicates[b] = statistic.applyAsDouble(chosen);
        }
        return replicates;
    }

    /** Ties count half, so that a statistic with few values is not taken for a biased one. */
    private static double bias(double[] replicates, double value) {
        double below = 0;
        for (double replicate : replicates) {
            below += replicate < value ? 1 : replicate == value ? 0.5 : 0;
        }
        double part = Math.min(Math.max(below / replicates.length, 1e-3), 1 - 1e-3);
        return NORMAL.inverseCumulativeProbability(part);
    }

    private static double acceleration(int n, ToDoubleFunction<int[]> statistic) {
        double[] without = new double[n];
        for (int left = 0; left < n; left++) {
            int[] rest = new int[n - 1];
            for (int i = 0; i < n - 1; i++) {
                rest[i] = i < left ? i : i + 1;
            }
            without[left] = statistic.applyAsDouble(rest);
        }
        double mean = Arrays.stream(without).average().orElse(Double.NaN);
        double cubes = 0;
        double squares = 0;
        for (double w : without) {
            cubes += Math.pow(mean - w, 3);
            squares += Math.pow(mean - w, 2);
        }
        double acceleration = cubes / (6 * Math.pow(squares, 1.5));
        return Double.isFinite(acceleration) ? acceleration : 0;
    }

    private static double level(double bias, double acceleration, double z) {
        return NORMAL.cumulativeProbability(bias + (bias + z) / (1 - acceleration * (bias + z)));
    }

    private static double quantile(double[] sorted, double level) {
        double position = level * (sorted.length - 1);
        int low = (int) Math.floor(position);
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
    }
}
