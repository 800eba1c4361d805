package dev.fettle.search.bayesian;

import dev.fettle.api.search.Decision;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import java.util.List;

/**
 * Candidates as points for the Gaussian process. A number is one coordinate in [0, 1]. A choice is one coordinate for each
 * option, with one common length scale, so that any two different options are at the same distance, 1 (the kernel sees
 * the Hamming distance); a choice of two options is a single coordinate.
 */
final class Encoding {
    private static final double CORNER = Math.sqrt(0.5);

    private final Space space;
    private final int[] decisions;
    private final boolean[] number;
    private final int[] firstColumn;
    private final int[] groups;
    private final int[] baseline;

    Encoding(SearchProblem problem, Space space) {
        this.space = space;
        decisions = space.movable();
        baseline = problem.baseline();
        List<Decision> all = problem.decisions();
        number = new boolean[decisions.length];
        firstColumn = new int[decisions.length + 1];
        for (int i = 0; i < decisions.length; i++) {
            Decision decision = all.get(decisions[i]);
            number[i] = decision.kind() != Decision.Kind.CHOICE || decision.options() == 2;
            firstColumn[i + 1] = firstColumn[i] + (number[i] ? 1 : decision.options());
        }
        groups = new int[firstColumn[decisions.length]];
        for (int i = 0; i < decisions.length; i++) {
            for (int column = firstColumn[i]; column < firstColumn[i + 1]; column++) {
                groups[column] = i;
            }
        }
    }

    /** The number of decisions that matter. */
    int dimension() {
        return decisions.length;
    }

    /** For each coordinate the number of its length scale. */
    int[] groups() {
        return groups;
    }

    double[] point(int[] candidate) {
        double[] point = new double[groups.length];
        for (int i = 0; i < decisions.length; i++) {
            int option = candidate[decisions[i]];
            if (number[i]) {
                point[firstColumn[i]] = option / (space.options(decisions[i]) - 1.0);
            } else {
                point[firstColumn[i] + option] = CORNER;
            }
        }
        return point;
    }

    /** Candidates spread evenly over each decision (McKay, Beckman and Conover, 1979). */
    int[][] latinHypercube(int count, SplitMix random) {
        int[][] candidates = new int[count][];
        for (int c = 0; c < count; c++) {
            candidates[c] = baseline.clone();
        }
        int[] strata = new int[count];
        for (int decision : decisions) {
            for (int c = 0; c < count; c++) {
                strata[c] = c;
            }
            random.shuffle(strata);
            for (int c = 0; c < count; c++) {
                candidates[c][decision] = (int) ((strata[c] + random.uniform()) / count * space.options(decision));
            }
        }
        return candidates;
    }

    /** Of some Latin hypercubes the one whose closest points are farthest apart. */
    int[][] spreadHypercube(int count, SplitMix random) {
        int[][] best = latinHypercube(count, random);
        double widest = narrowest(best);
        for (int attempt = 0; attempt < 50; attempt++) {
            int[][] other = latinHypercube(count, random);
            double gap = narrowest(other);
            if (gap > widest) {
                widest = gap;
                best = other;
            }
        }
        return best;
    }

    private double narrowest(int[][] candidates) {
        double narrowest = Double.POSITIVE_INFINITY;
        for (int a = 0; a < candidates.length; a++) {
            double[] pointA = point(candidates[a]);
            for (int b = 0; b < a; b++) {
                double[] pointB = point(candidates[b]);
                double square = 0;
                for (int i = 0; i < pointA.length; i++) {
                    square += (pointA[i] - pointB[i]) * (pointA[i] - pointB[i]);
                }
                narrowest = Math.min(narrowest, square);
            }
        }
        return narrowest;
    }

    /**
     * A candidate nearby: some decisions changed, numbers by a normal step, choices to any other option.
     *
     * @param radius deviation of the steps, as a share of the range
     */
    int[] near(int[] candidate, double radius, SplitMix random) {
        int[] changed = candidate.clone();
        double share = random.next() < 0 ? 1.0 / decisions.length : 0.5;
        int certain = random.below(decisions.length);
        for (int i = 0; i < decisions.length; i++) {
            if (i != certain && random.uniform() >= share) {
                continue;
            }
            int decision = decisions[i];
            if (number[i]) {
                int last = space.options(decision) - 1;
                double step = random.gaussian() * Math.max(radius * last, 0.7);
                changed[decision] = (int) Math.max(0, Math.min(last, Math.round(changed[decision] + step)));
            } else if (random.uniform() < Math.max(0.1, radius * 2)) {
                changed[decision] = space.otherOption(decision, changed[decision], random.next());
            }
        }
        return changed;
    }
}
