package dev.fettle.search.bayesian.gp;

import org.jspecify.annotations.Nullable;

/**
 * The negative log marginal likelihood of hyperparameters, with weak priors, and its gradient (Rasmussen and Williams,
 * eq. 5.8 and 5.9). Hyperparameters are logarithms: a length scale for each group of columns, the signal variance, the
 * noise variance.
 *
 * <p>Short length scales have a log-normal prior that grows with the square root of the dimension, which keeps few
 * points in many dimensions from being explained one by one (Hvarfner, Hellsten and Nardi, "Vanilla Bayesian optimization
 * performs great in high dimensions", 2024). Long ones are free: they switch an irrelevant input off.
 */
final class Likelihood implements Lbfgs.Function {
    private static final double PRIOR_DEVIATION = Math.sqrt(3);
    private static final double SIGNAL_PRIOR_DEVIATION = 5;
    private static final double NOISE_PRIOR_MEAN = Math.log(1e-3);
    private static final double NOISE_PRIOR_DEVIATION = 3;

    private final double[][] columns;
    private final int[] groups;
    private final int groupCount;
    private final double[] targets;
    private final double priorMean;

    /**
     * @param columns inputs by column
     * @param groups for each column the number of its length scale
     */
    Likelihood(double[][] columns, int[] groups, int groupCount, double[] targets) {
        this.columns = columns;
        this.groups = groups;
        this.groupCount = groupCount;
        this.targets = targets;
        priorMean = Math.log(0.5) + 0.5 * Math.log(groupCount);
    }

    int dimension() {
        return groupCount + 2;
    }

    /** The kernel matrix on and right of the diagonal, noise included; slopes where wanted. */
    double[][] kernel(double[] logs, double @Nullable [][] slopes) {
        int n = targets.length;
        double variance = Math.exp(logs[groupCount]);
        double noise = Math.exp(logs[groupCount + 1]);
        double[][] scaled = scaled(columns, groups, logs);
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            double[] row = matrix[i];
            for (double[] column : scaled) {
                Matern.addSquares(column, column[i], row, i + 1, n);
            }
            if (slopes == null) {
                Matern.values(variance, row, i + 1, n);
            } else {
                Matern.values(variance, row, slopes[i], i + 1, n);
            }
            row[i] = variance + noise;
        }
        return matrix;
    }

    static double[][] scaled(double[][] columns, int[] groups, double[] logs) {
        double[][] scaled = new double[columns.length][];
        for (int c = 0; c < columns.length; c++) {
            double factor = Math.exp(-logs[groups[c]]);
            scaled[c] = columns[c].clone();
            for (int i = 0; i < scaled[c].length; i++) {
                scaled[c][i] *= factor;
            }
        }
        return scaled;
    }

    @Override
    public double at(double[] logs, double[] gradient) {
        int n = targets.length;
        double[][] slopes = new double[n][n];
        double[][] matrix = kernel(logs, slopes);
        double[][] kernel = new double[n][];
        for (int i = 0; i < n; i++) {
            kernel[i] = matrix[i].clone();
        }
        Cholesky factor = Cholesky.of(matrix);
        if (factor == null) {
            return Double.POSITIVE_INFINITY;
        }
        double[] weights = targets.clone();
        factor.forward(weights);
        double fit = 0;
        for (double w : weights) {
            fit += w * w;
        }
        factor.backward(weights);
        differentiate(logs, factor.inverse(), weights, kernel, slopes, gradient);
        double value = 0.5 * (fit + factor.logDeterminant() + n * Math.log(2 * Math.PI));
        return value + priors(logs, gradient);
    }

    /** Half the trace of (inverse - weights weights') times the derivative of the kernel matrix, for each parameter. */
    private void differentiate(
            double[] logs,
            double[][] inverse,
            double[] weights,
            double[][] kernel,
            double[][] slopes,
            double[] gradient) {
        int n = targets.length;
        double noise = Math.exp(logs[groupCount + 1]);
        double variance = Math.exp(logs[groupCount]);
        double trace = 0;
        double signal = 0;
        double[] rowSums = new double[n];
        double[][] products = new double[columns.length][n];
        for (int i = 0; i < n; i++) {
            double[] inverted = inverse[i];
            double[] slope = slopes[i];
            double own = inverted[i] - weights[i] * weights[i];
            trace += own;
            signal += 0.5 * own * variance;
            for (int j = i + 1; j < n; j++) {
                double w = inverted[j] - weights[i] * weights[j];
                signal += w * kernel[i][j];
                slope[j] *= w;
            }
            double sum = 0;
            for (int j = i + 1; j < n; j++) {
                sum += slope[j];
                rowSums[j] += slope[j];
            }
            rowSums[i] += sum;
            for (int c = 0; c < columns.length; c++) {
                Cholesky.axpy(columns[c][i], slope, products[c], i + 1, n);
            }
        }
        // Sum over pairs of h (x - y)^2 = sum over points of (row sum) x^2, less twice that over pairs of h x y.
        java.util.Arrays.fill(gradient, 0);
        for (int c = 0; c < columns.length; c++) {
            double[] x = columns[c];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += x[i] * (rowSums[i] * x[i] - 2 * products[c][i]);
            }
            gradient[groups[c]] += sum * Math.exp(-2 * logs[groups[c]]);
        }
        gradient[groupCount] = signal;
        gradient[groupCount + 1] = 0.5 * trace * noise;
    }

    private double priors(double[] logs, double[] gradient) {
        double value = 0;
        for (int g = 0; g < groupCount; g++) {
            if (logs[g] < priorMean) {
                value += prior(logs, gradient, g, priorMean, PRIOR_DEVIATION);
            }
        }
        value += prior(logs, gradient, groupCount, 0, SIGNAL_PRIOR_DEVIATION);
        return value + prior(logs, gradient, groupCount + 1, NOISE_PRIOR_MEAN, NOISE_PRIOR_DEVIATION);
    }

    private static double prior(double[] logs, double[] gradient, int i, double mean, double deviation) {
        double z = (logs[i] - mean) / deviation;
        gradient[i] += z / deviation;
        return 0.5 * z * z;
    }
}
