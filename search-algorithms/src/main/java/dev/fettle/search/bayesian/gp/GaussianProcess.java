package dev.fettle.search.bayesian.gp;

import dev.fettle.search.run.SplitMix;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gaussian process regression with a Matérn 5/2 kernel and one length scale for each input (automatic relevance
 * determination), or for each group of inputs. Inputs should lie in [0, 1]; targets are standardized here. Not for use by
 * several threads at once, except for predictions.
 */
public final class GaussianProcess {
    private static final double LOWEST_LENGTH = Math.log(0.02);
    private static final double HIGHEST_LENGTH = Math.log(1e4);
    private static final double LOWEST_SIGNAL = Math.log(0.05);
    private static final double HIGHEST_SIGNAL = Math.log(1e5);
    /** Less noise than this makes the kernel matrix of close points singular. */
    private static final double LOWEST_NOISE = Math.log(1e-7);

    private static final double HIGHEST_NOISE = Math.log(1);
    private static final int ITERATIONS = 60;
    /** With more points than twice this, hyperparameters are found on so many first, and then polished on all. */
    private static final int SUBSET = 160;

    private static final int POLISH = 20;
    private static final double TOLERANCE = 1e-3;
    /** Points predicted together, few enough to stay in the cache. */
    private static final int CHUNK = 128;

    private final int[] groups;
    private final int groupCount;
    private final double[] logs;
    private double[][] inputs;
    private double[] targets;
    private double mean;
    private double scale = 1;
    private Cholesky factor;
    private double[] weights = {};
    private double[][] scaled = {};

    private GaussianProcess(int[] groups, double[] logs, double[][] inputs, double[] targets) {
        this.groups = groups;
        groupCount = logs.length - 2;
        this.logs = logs;
        this.inputs = inputs;
        this.targets = targets;
        standardize();
        factor = factorize();
        weigh();
    }

    /**
     * Fits the hyperparameters by the marginal likelihood, with weak priors.
     *
     * @param groups for each input the number of its length scale, from 0; inputs that stand for one thing share one
     * @param restarts random starting points beside the usual one and the previous fit
     * @param previous whose hyperparameters are a starting point
     */
    public static GaussianProcess fit(
            double[][] inputs,
            double[] targets,
            int[] groups,
            int restarts,
            SplitMix random,
            @Nullable GaussianProcess previous) {
        if (inputs.length == 0 || inputs.length != targets.length) {
            throw new IllegalArgumentException("expected as many targets as inputs, and at least one, but there are "
                    + inputs.length + " and " + targets.length);
        }
        int groupCount = Arrays.stream(groups).max().orElse(-1) + 1;
        double[] low = bounds(groupCount, LOWEST_LENGTH, LOWEST_SIGNAL, LOWEST_NOISE);
        double[] high = bounds(groupCount, HIGHEST_LENGTH, HIGHEST_SIGNAL, HIGHEST_NOISE);
        boolean large = inputs.length > 2 * SUBSET;
        int[] chosen = IntStream.range(0, inputs.length).toArray();
        if (large) {
            random.shuffle(chosen);
            chosen = Arrays.copyOf(chosen, SUBSET);
        }
        Likelihood likelihood = likelihood(inputs, targets, groups, groupCount, chosen);
        double[] best = bounds(groupCount, Math.log(0.5 * Math.sqrt(groupCount)), 0, Math.log(1e-2));
        double lowest = Lbfgs.minimize(likelihood, best, low, high, ITERATIONS, TOLERANCE);
        for (int restart = previous == null ? 0 : -1; restart < restarts; restart++) {
            double[] start;
            if (restart < 0 && previous != null) {
                start = previous.logs.clone();
            } else {
                start = new double[groupCount + 2];
                for (int i = 0; i < start.length; i++) {
                    double center = i < groupCount ? Math.log(0.5 * Math.sqrt(groupCount)) : i == groupCount ? 0 : -6;
                    start[i] = center + random.gaussian() * (i > groupCount ? 3 : 1);
                }
            }
            double value = Lbfgs.minimize(likelihood, start, low, high, ITERATIONS, TOLERANCE);
            if (value < lowest) {
                lowest = value;
                best = start;
            }
        }
        if (large) {
            int[] all = IntStream.range(0, inputs.length).toArray();
            Lbfgs.minimize(likelihood(inputs, targets, groups, groupCount, all), best, low, high, POLISH, TOLERANCE);
        }
        return new GaussianProcess(groups.clone(), best, inputs.clone(), targets.clone());
    }

    /** One length scale for each input. */
    public static GaussianProcess fit(double[][] inputs, double[] targets, int restarts, SplitMix random) {
        int[] groups =
                IntStream.range(0, inputs.length == 0 ? 0 : inputs[0].length).toArray();
        return fit(inputs, targets, groups, restarts, random, null);
    }

    private static double[] bounds(int groupCount, double length, double signal, double noise) {
        double[] bounds = new double[groupCount + 2];
        Arrays.fill(bounds, length);
        bounds[groupCount] = signal;
        bounds[groupCount + 1] = noise;
        return bounds;
    }

    private static Likelihood likelihood(
            double[][] inputs, double[] targets, int[] groups, int groupCount, int[] chosen) {
        double[][] columns = new double[groups.length][chosen.length];
        double[] values = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            values[i] = targets[chosen[i]];
            for (int c = 0; c < groups.length; c++) {
                columns[c][i] = inputs[chosen[i]][c];
            }
        }
        double mean = Arrays.stream(values).average().orElse(0);
        double deviation = deviation(values, mean);
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - mean) / deviation;
        }
        return new Likelihood(columns, groups, groupCount, values);
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / values.length);
        return deviation > 1e-12 * Math.abs(mean) && deviation > 0 ? deviation : 1;
    }

    private void standardize() {
        mean = Arrays.stream(targets).average().orElse(0);
        scale = deviation(targets, mean);
    }

    private Cholesky factorize() {
        double[][] columns = new double[groups.length][inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            for (int c = 0; c < groups.length; c++) {
                columns[c][i] = inputs[i][c];
            }
        }
        scaled = Likelihood.scaled(columns, groups, logs);
        Likelihood likelihood = new Likelihood(columns, groups, groupCount, targets);
        while (true) {
            Cholesky attempt = Cholesky.of(likelihood.kernel(logs, null));
            if (attempt != null) {
                return attempt;
            }
            logs[groupCount + 1] += Math.log(10);
        }
    }

    private void weigh() {
        weights = new double[targets.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (targets[i] - mean) / scale;
        }
        factor.forward(weights);
        factor.backward(weights);
    }

    /**
     * Takes in another point in O(n^2), with the hyperparameters as they are.
     *
     * @return false, and nothing changed, where the point is too close to another one to tell anything
     */
    public boolean add(double[] input, double target) {
        int n = targets.length;
        double[] column = new double[n];
        double[] position = new double[groups.length];
        for (int c = 0; c < groups.length; c++) {
            position[c] = input[c] * Math.exp(-logs[groups[c]]);
            Matern.addSquares(scaled[c], position[c], column, 0, n);
        }
        double variance = Math.exp(logs[groupCount]);
        Matern.values(variance, column, 0, n);
        if (!factor.append(column, variance + Math.exp(logs[groupCount + 1]))) {
            return false;
        }
        inputs = Arrays.copyOf(inputs, n + 1);
        inputs[n] = input.clone();
        targets = Arrays.copyOf(targets, n + 1);
        targets[n] = target;
        for (int c = 0; c < groups.length; c++) {
            scaled[c] = Arrays.copyOf(scaled[c], n + 1);
            scaled[c][n] = position[c];
        }
        weigh();
        return true;
    }

    /** The number of points taken in. */
    public int size() {
        return targets.length;
    }

    /** The length scales, in units of the inputs. */
    public double[] lengthScales() {
        return Arrays.stream(logs, 0, groupCount).map(Math::exp).toArray();
    }

    /** The deviation of the noise, in units of the targets. */
    public double noise() {
        return scale * Math.exp(0.5 * logs[groupCount + 1]);
    }

    /**
     * Mean and deviation of the function, without noise, at some points. Many points are shared out among the processors;
     * the results do not depend on how.
     */
    public void predict(double[][] points, double[] means, double[] deviations) {
        int chunks = (points.length + CHUNK - 1) / CHUNK;
        IntStream range = IntStream.range(0, chunks);
        (chunks * (double) size() * size() > 1e6 ? range.parallel() : range).forEach(chunk -> {
            int from = chunk * CHUNK;
            predict(points, from, Math.min(points.length, from + CHUNK), means, deviations);
        });
    }

    private void predict(double[][] points, int from, int to, double[] means, double[] deviations) {
        int n = targets.length;
        int m = to - from;
        double[][] position = new double[groups.length][m];
        for (int c = 0; c < groups.length; c++) {
            double factorOfGroup = Math.exp(-logs[groups[c]]);
            for (int p = 0; p < m; p++) {
                position[c][p] = points[from + p][c] * factorOfGroup;
            }
        }
        double variance = Math.exp(logs[groupCount]);
        double[][] cross = new double[n][m];
        double[] sums = new double[m];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < groups.length; c++) {
                Matern.addSquares(position[c], scaled[c][i], cross[i], 0, m);
            }
            Matern.values(variance, cross[i], 0, m);
            Cholesky.axpy(weights[i], cross[i], sums, 0, m);
        }
        factor.forwardAll(cross, m);
        double[] explained = new double[m];
        for (int i = 0; i < n; i++) {
            double[] row = cross[i];
            for (int p = 0; p < m; p++) {
                explained[p] += row[p] * row[p];
            }
        }
        for (int p = 0; p < m; p++) {
            means[from + p] = mean + scale * sums[p];
            deviations[from + p] = scale * Math.sqrt(Math.max(1e-14 * variance, variance - explained[p]));
        }
    }
}
