package dev.fettle.search.bayesian.gp;

import java.util.Arrays;

/**
 * The Cholesky factor L of a symmetric positive definite matrix, stored by rows.
 *
 * <p>All inner loops have the form {@code y[j] += a * x[j]} over contiguous memory, which the JIT turns into vector
 * instructions; it does not do so for scalar products, whose order of summation it must keep. For that the factor is kept
 * transposed too: row {@code k} of {@code upper} is column {@code k} of L.
 */
final class Cholesky {
    private static final int BLOCK = 16;

    private int size;
    private double[][] upper;

    private Cholesky(double[][] upper) {
        this.upper = upper;
        this.size = upper.length;
    }

    /**
     * Factors a matrix of which the part on and right of the diagonal is read, and overwritten.
     *
     * @return null where it is not positive definite
     */
    static @org.jspecify.annotations.Nullable Cholesky of(double[][] matrix) {
        int n = matrix.length;
        for (int from = 0; from < n; from += BLOCK) {
            int to = Math.min(n, from + BLOCK);
            for (int k = from; k < to; k++) {
                double[] row = matrix[k];
                for (int j = from; j < k; j++) {
                    axpy(-matrix[j][k], matrix[j], row, k, n);
                }
                double pivot = row[k];
                if (!(pivot > 0)) {
                    return null;
                }
                double scale = 1 / Math.sqrt(pivot);
                for (int j = k; j < n; j++) {
                    row[j] *= scale;
                }
            }
            update(matrix, from, to, n);
        }
        return new Cholesky(matrix);
    }

    /** Takes the finished block of rows out of all rows below it; four at a time, so that each target is touched less. */
    private static void update(double[][] matrix, int from, int to, int n) {
        for (int i = to; i < n; i++) {
            double[] target = matrix[i];
            int k = from;
            for (; k + 3 < to; k += 4) {
                axpy4(matrix[k], matrix[k + 1], matrix[k + 2], matrix[k + 3], i, target, n);
            }
            for (; k < to; k++) {
                axpy(-matrix[k][i], matrix[k], target, i, n);
            }
        }
    }

    private static void axpy4(double[] a, double[] b, double[] c, double[] d, int i, double[] target, int n) {
        double fa = a[i];
        double fb = b[i];
        double fc = c[i];
        double fd = d[i];
        for (int j = i; j < n; j++) {
            target[j] -= fa * a[j] + fb * b[j] + fc * c[j] + fd * d[j];
        }
    }

    static void axpy(double factor, double[] x, double[] y, int from, int to) {
        for (int j = from; j < to; j++) {
            y[j] += factor * x[j];
        }
    }

    int size() {
        return size;
    }

    /** Adds a row and column to the factored matrix in O(n^2); false, and unchanged, where it would not be definite. */
    boolean append(double[] column, double diagonal) {
        double[] solved = Arrays.copyOf(column, size + 1);
        forward(solved);
        double pivot = diagonal;
        for (int k = 0; k < size; k++) {
            pivot -= solved[k] * solved[k];
        }
        if (!(pivot > 1e-12 * diagonal)) {
            return false;
        }
        if (upper.length == size || upper[0].length == size) {
            int room = 2 * size + 8;
            double[][] larger = new double[room][];
            for (int k = 0; k < room; k++) {
                larger[k] = k < size ? Arrays.copyOf(upper[k], room) : new double[room];
            }
            upper = larger;
        }
        for (int k = 0; k < size; k++) {
            upper[k][size] = solved[k];
        }
        upper[size][size] = Math.sqrt(pivot);
        size++;
        return true;
    }

    /** Solves L x = b in place, over the first {@code size} values. */
    void forward(double[] b) {
        for (int k = 0; k < size; k++) {
            b[k] /= upper[k][k];
            axpy(-b[k], upper[k], b, k + 1, size);
        }
    }

    /** Solves L<sup>T</sup> x = b in place. */
    void backward(double[] b) {
        for (int k = size - 1; k >= 0; k--) {
            double[] row = upper[k];
            double sum = b[k];
            for (int j = k + 1; j < size; j++) {
                sum -= row[j] * b[j];
            }
            b[k] = sum / row[k];
        }
    }

    double logDeterminant() {
        double sum = 0;
        for (int k = 0; k < size; k++) {
            sum += Math.log(upper[k][k]);
        }
        return 2 * sum;
    }

    /**
     * Solves L X = B in place for many right-hand sides at once: row {@code k} of {@code b} holds the k-th value of each.
     */
    void forwardAll(double[][] b, int columns) {
        for (int from = 0; from < size; from += BLOCK) {
            int to = Math.min(size, from + BLOCK);
            for (int k = from; k < to; k++) {
                for (int j = from; j < k; j++) {
                    axpy(-upper[j][k], b[j], b[k], 0, columns);
                }
                double scale = 1 / upper[k][k];
                for (int c = 0; c < columns; c++) {
                    b[k][c] *= scale;
                }
            }
            for (int i = to; i < size; i++) {
                int k = from;
                for (; k + 3 < to; k += 4) {
                    four(k, i, b, columns);
                }
                for (; k < to; k++) {
                    axpy(-upper[k][i], b[k], b[i], 0, columns);
                }
            }
        }
    }

    private void four(int k, int i, double[][] b, int columns) {
        double fa = upper[k][i];
        double fb = upper[k + 1][i];
        double fc = upper[k + 2][i];
        double fd = upper[k + 3][i];
        double[] a = b[k];
        double[] second = b[k + 1];
        double[] third = b[k + 2];
        double[] fourth = b[k + 3];
        double[] target = b[i];
        for (int c = 0; c < columns; c++) {
            target[c] -= fa * a[c] + fb * second[c] + fc * third[c] + fd * fourth[c];
        }
    }

    /**
     * The inverse of the factored matrix; its part on and right of the diagonal is filled in.
     */
    double[][] inverse() {
        // Rows of the inverse of L, made of L L^-1 = I: row k needs the rows before it, each of which ends at its
        // diagonal.
        double[][] low = new double[size][size];
        for (int k = 0; k < size; k++) {
            double[] row = low[k];
            row[k] = 1;
            int j = 0;
            for (; j + 3 < k; j += 4) {
                combine(low, j, k, row);
            }
            for (; j < k; j++) {
                axpy(-upper[j][k], low[j], row, 0, j + 1);
            }
            double scale = 1 / upper[k][k];
            for (int c = 0; c <= k; c++) {
                row[c] *= scale;
            }
        }
        // A^-1 = L^-T L^-1, summed up over the rows of L^-1.
        double[][] inverse = new double[size][size];
        for (int i = 0; i < size; i++) {
            double[] target = inverse[i];
            int k = i;
            for (; k + 3 < size; k += 4) {
                accumulate(low, k, i, target);
            }
            for (; k < size; k++) {
                axpy(low[k][i], low[k], target, i, k + 1);
            }
        }
        return inverse;
    }

    private void combine(double[][] low, int j, int k, double[] row) {
        double fa = upper[j][k];
        double fb = upper[j + 1][k];
        double fc = upper[j + 2][k];
        double fd = upper[j + 3][k];
        double[] a = low[j];
        double[] b = low[j + 1];
        double[] c = low[j + 2];
        double[] d = low[j + 3];
        // Beyond its diagonal a row is zero.
        for (int i = 0; i <= j + 3; i++) {
            row[i] -= fa * a[i] + fb * b[i] + fc * c[i] + fd * d[i];
        }
    }

    private static void accumulate(double[][] low, int k, int i, double[] target) {
        double[] a = low[k];
        double[] b = low[k + 1];
        double[] c = low[k + 2];
        double[] d = low[k + 3];
        double fa = a[i];
        double fb = b[i];
        double fc = c[i];
        double fd = d[i];
        for (int j = i; j <= k + 3; j++) {
            target[j] += fa * a[j] + fb * b[j] + fc * c[j] + fd * d[j];
        }
    }
}
