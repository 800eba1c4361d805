package dev.fettle.search.auto;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.search.Relaxation;
import dev.fettle.api.search.SearchProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A problem that several algorithms search one after the other: what its relaxation tells is asked for, and counted, once, and
 * what one of them was evaluated with goes on to the next with all that it has worked out.
 */
final class InTurn implements SearchProblem {
    private final SearchProblem problem;
    private int @Nullable [] asked;
    private int askedWith;
    private @Nullable Relaxation told;
    private boolean counted;
    private @Nullable CandidateEvaluator handed;

    InTurn(SearchProblem problem) {
        this.problem = problem;
    }

    @Override
    public Optional<Relaxation> relaxation(int[] around, int mostEvaluations) {
        ask(around, mostEvaluations);
        Relaxation known = told;
        if (known == null) {
            return Optional.empty();
        }
        int evaluations = counted ? 0 : known.evaluations();
        counted = true;
        return Optional.of(new Relaxation(known.candidate(), known.reducedCosts(), evaluations));
    }

    private void ask(int[] around, int mostEvaluations) {
        boolean mayTellMore = told == null && mostEvaluations > askedWith;
        if (!Arrays.equals(asked, around) || mayTellMore) {
            told = problem.relaxation(around, mostEvaluations).orElse(null);
            asked = around.clone();
            askedWith = mostEvaluations;
            counted = false;
        }
    }

    /** Whether there is a relaxation, which may take so many evaluations; the first search counts them. */
    boolean isRelaxed(int mostEvaluations) {
        ask(problem.baseline(), mostEvaluations);
        return told != null;
    }

    /**
     * Whether the relaxation tells of some decisions and not of others.
     *
     * @param mostEvaluations that it may take, as {@link #relaxation} says it; the first search counts them
     */
    boolean isPartlyRelaxed(int mostEvaluations) {
        ask(problem.baseline(), mostEvaluations);
        Relaxation known = told;
        if (known == null) {
            return false;
        }
        List<Decision> decisions = problem.decisions();
        boolean partly = false;
        for (int i = 0; i < decisions.size(); i++) {
            partly |= decisions.get(i).options() > 1 && known.reducedCosts()[i].length == 0;
        }
        return partly;
    }

    @Override
    public List<Decision> decisions() {
        return problem.decisions();
    }

    @Override
    public int[] baseline() {
        return problem.baseline();
    }

    /** The only one, at the baseline: whoever had it before is through with it. */
    @Override
    public CandidateEvaluator newEvaluator() {
        CandidateEvaluator evaluator = handed;
        if (evaluator == null) {
            evaluator = problem.newEvaluator();
            handed = evaluator;
        } else {
            evaluator.reset(problem.baseline());
        }
        return evaluator;
    }

    @Override
    public boolean expensive() {
        return problem.expensive();
    }

    @Override
    public boolean admissible(int[] candidate) {
        return problem.admissible(candidate);
    }

    @Override
    public double[] expectedEffects(int decision, int option) {
        return problem.expectedEffects(decision, option);
    }
}
