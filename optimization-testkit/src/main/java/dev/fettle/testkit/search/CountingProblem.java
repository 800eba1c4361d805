package dev.fettle.testkit.search;

import dev.fettle.api.Evolving;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.search.SearchProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts which candidates of another problem were scored. */
@Evolving
public final class CountingProblem implements SearchProblem {
    private final SearchProblem problem;
    private final Set<List<Integer>> scored = new HashSet<>();
    private long calls;

    public CountingProblem(SearchProblem problem) {
        this.problem = problem;
    }

    /** How many different candidates were scored. */
    public long distinctScored() {
        return scored.size();
    }

    /** How often a candidate was scored. */
    public long calls() {
        return calls;
    }

    @Override
    public List<Decision> decisions() {
        return problem.decisions();
    }

    @Override
    public int[] baseline() {
        return problem.baseline();
    }

    @Override
    public boolean expensive() {
        return problem.expensive();
    }

    @Override
    public CandidateEvaluator newEvaluator() {
        CandidateEvaluator evaluator = problem.newEvaluator();
        int size = problem.decisions().size();
        return new CandidateEvaluator() {
            private void count(int decision, int option) {
                Integer[] candidate = new Integer[size];
                for (int d = 0; d < size; d++) {
                    candidate[d] = d == decision ? option : evaluator.option(d);
                }
                scored.add(List.of(candidate));
                calls++;
            }

            @Override
            public double reset(int[] candidate) {
                double score = evaluator.reset(candidate);
                count(-1, 0);
                return score;
            }

            @Override
            public double score() {
                return evaluator.score();
            }

            @Override
            public int option(int decision) {
                return evaluator.option(decision);
            }

            @Override
            public double scoreWith(int decision, int option, double threshold) {
                count(decision, option);
                return evaluator.scoreWith(decision, option, threshold);
            }

            @Override
            public double apply(int decision, int option) {
                double score = evaluator.apply(decision, option);
                count(-1, 0);
                return score;
            }

            @Override
            public double[] objectives() {
                return evaluator.objectives();
            }
        };
    }
}
