package dev.fettle.search.genetic;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.search.genetic.Dominance.Point;
import dev.fettle.search.run.SplitMix;
import java.util.List;

/**
 * A weighted sum of objectives, each scaled to the range that it has in the front: one of the many single objectives whose
 * optima make up a front.
 */
final class Direction {
    private final double[] weights;

    private Direction(double[] weights) {
        this.weights = weights;
    }

    /** Weights uniform among all that sum up to 1, before they are scaled. */
    static Direction random(List<Point> front, SplitMix random) {
        double[] weights = new double[front.get(0).objectives().length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = -Math.log(1 - random.uniform());
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (Point point : front) {
                low = Math.min(low, point.objectives()[i]);
                high = Math.max(high, point.objectives()[i]);
            }
            weights[i] /= sum * (high > low ? high - low : 1);
        }
        return new Direction(weights);
    }

    /** Lower is better; behind every feasible candidate where a constraint is violated. */
    double value(double score, double[] objectives) {
        if (score >= CandidateEvaluator.INFEASIBLE) {
            return Double.MAX_VALUE / 2 + score * 1e290;
        }
        double value = 0;
        for (int i = 0; i < weights.length; i++) {
            value += weights[i] * objectives[i];
        }
        return value;
    }

    /** The best of some points drawn with replacement. */
    Point best(List<Point> points, int draws, SplitMix random) {
        Point best = points.get(random.below(points.size()));
        for (int i = 1; i < draws; i++) {
            Point other = points.get(random.below(points.size()));
            best = value(other.score(), other.objectives()) < value(best.score(), best.objectives()) ? other : best;
        }
        return best;
    }
}
