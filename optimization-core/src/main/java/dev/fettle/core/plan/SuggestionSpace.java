package dev.fettle.core.plan;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.search.Relaxation;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.core.estimate.CompiledSpace;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The combinations of suggestions as a search space. Suggestions that exclude each other are the options of one decision,
 * whose option 0 leaves things as they are. Combinations in which a change is refused after others are never taken.
 */
public final class SuggestionSpace implements SearchProblem {
    private final ReplayEstimator estimator;
    private final Score score;
    private final List<Plan.Exclusion> excluded;
    private final List<Decision> decisions = new ArrayList<>();

    /** By decision, then option; option 0 has no suggestion. */
    private final List<List<Suggestion>> options = new ArrayList<>();

    private final CompiledSpace compiled;

    public SuggestionSpace(
            ReplayEstimator estimator, List<Suggestion> suggestions, Objective objective, Constraints constraints) {
        this.estimator = estimator;
        this.score = new Score(objective, constraints, estimator.baseline());
        Screening screening = new Screening(estimator, constraints, suggestions);
        this.excluded = screening.excluded();
        Map<String, List<Suggestion>> byDecision = new LinkedHashMap<>();
        for (Suggestion suggestion : screening.admitted()) {
            byDecision
                    .computeIfAbsent(suggestion.decision(), absent -> new ArrayList<>())
                    .add(suggestion);
        }
        byDecision.forEach((name, group) -> {
            decisions.add(Decision.choice(name, group.size() + 1));
            options.add(List.copyOf(group));
        });
        this.compiled = new CompiledSpace(estimator, options, screening.admitted(), score);
    }

    @Override
    public List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    @Override
    public int[] baseline() {
        return new int[decisions.size()];
    }

    @Override
    public CandidateEvaluator newEvaluator() {
        return compiled.newEvaluator();
    }

    @Override
    public boolean admissible(int[] candidate) {
        return estimator.compose(compiled.suggestions(candidate)) instanceof ChangeResult.Applied;
    }

    @Override
    public double[] expectedEffects(int decision, int option) {
        return compiled.expectedEffects(decision, option);
    }

    @Override
    public Optional<Relaxation> relaxation(int[] around, int mostEvaluations) {
        return compiled.relaxation(around, mostEvaluations);
    }

    /** An evaluator that replays every candidate in full: slow, and what the fast one must agree with. */
    public CandidateEvaluator newReferenceEvaluator() {
        return new ReferenceEvaluator(this);
    }

    /** The suggestions that a candidate stands for, in the order in which they are applied. */
    public List<Suggestion> suggestions(int[] candidate) {
        return compiled.suggestions(candidate);
    }

    /** The suggestion behind an option other than 0. */
    Suggestion suggestion(int decision, int option) {
        return options.get(decision).get(option - 1);
    }

    /** Suggestions that are in no combination, each with the reason. */
    public List<Plan.Exclusion> excluded() {
        return excluded;
    }

    ReplayEstimator estimator() {
        return estimator;
    }

    Score score() {
        return score;
    }
}
