package dev.fettle.testkit.search;

import dev.fettle.api.Evolving;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.search.SearchProblem;
import java.util.List;
import java.util.function.Function;

/**
 * A search problem whose objectives are a function of the candidate, computed anew for each one.
 *
 * @param objectives of a candidate, the score first; each minimized
 */
@Evolving
public record FunctionProblem(
        List<Decision> decisions, int[] baseline, boolean expensive, Function<int[], double[]> objectives)
        implements SearchProblem {
    public FunctionProblem {
        decisions = List.copyOf(decisions);
        baseline = baseline.clone();
    }

    @Override
    public int[] baseline() {
        return baseline.clone();
    }

    @Override
    public CandidateEvaluator newEvaluator() {
        return new Evaluator(baseline.clone());
    }

    /** The score of any candidate. */
    public double score(int[] candidate) {
        return objectives.apply(candidate)[0];
    }

    /** The lowest score of all candidates, found by looking at each of them. */
    public double optimum() {
        double best = Double.POSITIVE_INFINITY;
        int[] candidate = new int[decisions.size()];
        int digit;
        do {
            best = Math.min(best, score(candidate));
            for (digit = 0; digit < candidate.length; digit++) {
                if (++candidate[digit] < decisions.get(digit).options()) {
                    break;
                }
                candidate[digit] = 0;
            }
        } while (digit < candidate.length);
        return best;
    }

    private final class Evaluator implements CandidateEvaluator {
        private int[] current;
        private double score;

        Evaluator(int[] start) {
            current = start;
            score = FunctionProblem.this.score(start);
        }

        @Override
        public double reset(int[] candidate) {
            current = candidate.clone();
            score = FunctionProblem.this.score(current);
            return score;
        }

        @Override
        public double score() {
            return score;
        }

        @Override
        public int option(int decision) {
            return current[decision];
        }

        @Override
        public double scoreWith(int decision, int option, double threshold) {
            int kept = current[decision];
            current[decision] = option;
            double changed = FunctionProblem.this.score(current);
            current[decision] = kept;
            return changed;
        }

        @Override
        public double apply(int decision, int option) {
            current[decision] = option;
            score = FunctionProblem.this.score(current);
            return score;
        }

        @Override
        public double[] objectives() {
            return objectives.apply(current).clone();
        }
    }
}
