package dev.fettle.search.bayesian.gp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS within bounds (Liu and Nocedal, "On the limited memory BFGS method for large scale optimization",
 * 1989), with a projected, backtracking line search.
 */
final class Lbfgs {
    /** What is minimized. */
    interface Function {
        /** The value at a point, infinite where there is none; fills in the gradient. */
        double at(double[] point, double[] gradient);
    }

    private static final int MEMORY = 8;
    private static final double SUFFICIENT = 1e-4;
    private static final int HALVINGS = 12;

    /** A step with the change of the gradient along it. */
    private record Pair(double[] step, double[] change, double product) {}

    private Lbfgs() {}

    /**
     * Moves the point to a minimum nearby.
     *
     * @param tolerance the search ends where the value falls by less than this
     * @return the value there
     */
    static double minimize(
            Function function, double[] point, double[] low, double[] high, int iterations, double tolerance) {
        int n = point.length;
        double[] gradient = new double[n];
        project(point, low, high);
        double value = function.at(point, gradient);
        Deque<Pair> pairs = new ArrayDeque<>();
        double[] trial = new double[n];
        double[] trialGradient = new double[n];
        for (int iteration = 0; iteration < iterations && value < Double.POSITIVE_INFINITY; iteration++) {
            double[] direction = direction(gradient, pairs, point, low, high);
            double length = pairs.isEmpty() ? 1 / Math.max(1, norm(direction)) : 1;
            double next = Double.POSITIVE_INFINITY;
            boolean fell = false;
            for (int halving = 0; halving < HALVINGS && !fell; halving++, length *= 0.4) {
                double slope = 0;
                for (int i = 0; i < n; i++) {
                    trial[i] = Math.max(low[i], Math.min(high[i], point[i] + length * direction[i]));
                    slope += gradient[i] * (trial[i] - point[i]);
                }
                if (slope >= 0) {
                    break;
                }
                next = function.at(trial, trialGradient);
                fell = next <= value + SUFFICIENT * slope;
            }
            if (!fell) {
                if (pairs.isEmpty()) {
                    break;
                }
                pairs.clear();
                continue;
            }
            remember(pairs, point, trial, gradient, trialGradient);
            System.arraycopy(trial, 0, point, 0, n);
            System.arraycopy(trialGradient, 0, gradient, 0, n);
            double gain = value - next;
            value = next;
            if (gain < tolerance) {
                break;
            }
        }
        return value;
    }

    /** The two-loop recursion over the coordinates that are free to move. */
    private static double[] direction(
            double[] gradient, Deque<Pair> pairs, double[] point, double[] low, double[] high) {
        int n = gradient.length;
        double[] q = gradient.clone();
        boolean[] bound = new boolean[n];
        for (int i = 0; i < n; i++) {
            bound[i] = (point[i] <= low[i] && gradient[i] > 0) || (point[i] >= high[i] && gradient[i] < 0);
            q[i] = bound[i] ? 0 : q[i];
        }
        double[] alphas = new double[pairs.size()];
        int k = 0;
        for (Pair pair : pairs) {
            alphas[k] = dot(pair.step, q) / pair.product;
            Cholesky.axpy(-alphas[k], pair.change, q, 0, n);
            k++;
        }
        Pair newest = pairs.peekFirst();
        if (newest != null) {
            double scale = newest.product / dot(newest.change, newest.change);
            for (int i = 0; i < n; i++) {
                q[i] *= scale;
            }
        }
        for (Iterator<Pair> oldestFirst = pairs.descendingIterator(); oldestFirst.hasNext(); ) {
            Pair pair = oldestFirst.next();
            k--;
            Cholesky.axpy(alphas[k] - dot(pair.change, q) / pair.product, pair.step, q, 0, n);
        }
        for (int i = 0; i < n; i++) {
            q[i] = bound[i] ? 0 : -q[i];
        }
        return dot(q, gradient) < 0 ? q : descent(gradient, bound);
    }

    private static double[] descent(double[] gradient, boolean[] bound) {
        double[] direction = new double[gradient.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = bound[i] ? 0 : -gradient[i];
        }
        return direction;
    }

    private static void remember(Deque<Pair> pairs, double[] from, double[] to, double[] before, double[] after) {
        double[] step = new double[from.length];
        double[] change = new double[from.length];
        for (int i = 0; i < step.length; i++) {
            step[i] = to[i] - from[i];
            change[i] = after[i] - before[i];
        }
        double product = dot(step, change);
        if (product > 1e-10 * norm(step) * norm(change)) {
            pairs.addFirst(new Pair(step, change, product));
            if (pairs.size() > MEMORY) {
                pairs.removeLast();
            }
        }
    }

    private static void project(double[] point, double[] low, double[] high) {
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.max(low[i], Math.min(high[i], point[i]));
        }
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
