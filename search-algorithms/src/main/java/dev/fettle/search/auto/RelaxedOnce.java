package dev.fettle.search.auto;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.search.Relaxation;
import dev.fettle.api.search.SearchProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A problem that several algorithms search one after the other: what its relaxation tells is asked for, and counted, once. */
final class RelaxedOnce implements SearchProblem {
    private final SearchProblem problem;
    private int @Nullable [] asked;
    private @Nullable Relaxation told;

    RelaxedOnce(SearchProblem problem) {
        this.problem = problem;
    }

    @Override
    public Optional<Relaxation> relaxation(int[] around, int mostEvaluations) {
        Relaxation known = told;
        if (known != null && Arrays.equals(asked, around)) {
            return Optional.of(new Relaxation(known.candidate(), known.reducedCosts(), 0));
        }
        Optional<Relaxation> relaxation = problem.relaxation(around, mostEvaluations);
        asked = around.clone();
        told = relaxation.orElse(null);
        return relaxation;
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
    public CandidateEvaluator newEvaluator() {
        return problem.newEvaluator();
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
