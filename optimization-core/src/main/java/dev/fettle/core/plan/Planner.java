package dev.fettle.core.plan;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchResult;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.core.estimate.ReplayEstimator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds the best plan among the combinations of suggestions. */
public final class Planner {
    /** A suggestion stays in a plan if it lowers the score by at least this part of the score's size. */
    private static final double LEAST_GAIN = 1e-4;

    private final ReplayEstimator estimator;
    private final SuggestionSpace space;
    private final List<Suggestion> suggestions;

    public Planner(
            ReplayEstimator estimator, List<Suggestion> suggestions, Objective objective, Constraints constraints) {
        this.estimator = estimator;
        this.suggestions = List.copyOf(suggestions);
        this.space = new SuggestionSpace(estimator, suggestions, objective, constraints);
    }

    public SuggestionSpace space() {
        return space;
    }

    /** Searches, then drops from the best candidate what adds nothing to it. */
    public Plan plan(SearchAlgorithm algorithm, SearchContext context) {
        if (space.decisions().isEmpty()) {
            String nothing = algorithm.name() + ": there was nothing to search";
            return plan(judged(space.baseline(), space.newEvaluator()), nothing, 0);
        }
        SearchResult result = algorithm.search(space, context);
        CandidateEvaluator evaluator = space.newEvaluator();
        Judged best = judged(lean(result.best(), evaluator), evaluator);
        return plan(best, found(algorithm, result), result.evaluations());
    }

    /**
     * The plan, and behind it plans none of which is better in duration, cost and quality alike: what the search found, and
     * the quickest, the cheapest and the best that single exchanges lead to.
     *
     * @return at least the plan itself, which is first
     */
    public List<Plan> plans(SearchAlgorithm algorithm, SearchContext context) {
        if (space.decisions().isEmpty()) {
            return List.of(plan(algorithm, context));
        }
        SearchResult result = algorithm.search(space, context);
        // one evaluator for all: what it has worked out about one candidate serves the next
        CandidateEvaluator evaluator = space.newEvaluator();
        int[] best = lean(result.best(), evaluator);
        // the candidate before useless suggestions were dropped is no alternative to what is left of it
        List<int[]> front = result.front().stream()
                .map(SearchResult.FrontPoint::candidate)
                .filter(candidate -> !Arrays.equals(candidate, result.best()))
                .toList();
        Alternatives alternatives = new Alternatives(evaluator, space.decisions());
        List<int[]> beside = alternatives.beside(best, front);
        // where a search was cut short, an alternative may be the better plan
        for (int[] better = best(beside, evaluator, best); better != best; better = best(beside, evaluator, best)) {
            best = lean(better, evaluator);
            beside = alternatives.beside(best, front);
        }
        List<int[]> candidates = new ArrayList<>();
        candidates.add(best);
        candidates.addAll(beside);
        List<Judged> judged = candidates.stream()
                .map(candidate -> judged(candidate, evaluator))
                .toList();
        return judged.parallelStream()
                .map(candidate -> plan(candidate, found(algorithm, result), result.evaluations()))
                .toList();
    }

    /** The candidate with the least score, if that is clearly less than that of the plan; else the plan. */
    private static int[] best(List<int[]> candidates, CandidateEvaluator evaluator, int[] plan) {
        double score = evaluator.reset(plan);
        double least = score - LEAST_GAIN * Math.max(1e-9, Math.abs(score));
        int[] best = plan;
        for (int[] candidate : candidates) {
            double other = evaluator.reset(candidate);
            if (other < least) {
                least = other;
                best = candidate;
            }
        }
        return best;
    }

    private static String found(SearchAlgorithm algorithm, SearchResult result) {
        return algorithm.name() + ": " + result.end();
    }

    /** Backward elimination: the least useful option goes as long as the rest is no worse without it. */
    private int[] lean(int[] candidate, CandidateEvaluator evaluator) {
        double least = LEAST_GAIN * Math.max(1e-9, Math.abs(evaluator.reset(space.baseline())));
        double score = evaluator.reset(candidate);
        int[] lean = candidate.clone();
        while (true) {
            int worst = -1;
            double best = score + least;
            for (int decision = 0; decision < lean.length; decision++) {
                double without = lean[decision] == 0 ? Double.POSITIVE_INFINITY : evaluator.scoreWith(decision, 0);
                if (without < best) {
                    best = without;
                    worst = decision;
                }
            }
            if (worst < 0) {
                return lean;
            }
            score = evaluator.apply(worst, 0);
            lean[worst] = 0;
        }
    }

    /** A candidate, its score and the baseline's, and why other options are not in it. */
    private record Judged(int[] candidate, double score, double baseline, List<Plan.Exclusion> excluded) {}

    private Judged judged(int[] candidate, CandidateEvaluator evaluator) {
        double baseline = evaluator.reset(space.baseline());
        double score = evaluator.reset(candidate);
        List<Plan.Exclusion> excluded = new ArrayList<>(space.excluded());
        excluded.addAll(notChosen(candidate, evaluator));
        return new Judged(candidate, score, baseline, excluded);
    }

    private Plan plan(Judged judged, String algorithm, long evaluations) {
        List<Suggestion> chosen = space.suggestions(judged.candidate());
        if (!(estimator.compose(chosen) instanceof ChangeResult.Applied applied)) {
            throw new FettleException(
                    ErrorCode.INTERNAL, "the search (" + algorithm + ") chose suggestions that cannot be combined");
        }
        Estimate estimate = estimator.estimate(chosen).orElseThrow();
        return new Plan(
                chosen,
                applied.workflow(),
                estimate,
                judged.score(),
                judged.baseline(),
                judged.excluded(),
                algorithm,
                evaluations);
    }

    private List<Plan.Exclusion> notChosen(int[] candidate, CandidateEvaluator evaluator) {
        List<Plan.Exclusion> excluded = new ArrayList<>();
        for (int decision = 0; decision < candidate.length; decision++) {
            for (int option = 1; option < space.decisions().get(decision).options(); option++) {
                if (option != candidate[decision]) {
                    String reason =
                            reason(evaluator.scoreWith(decision, option), evaluator.score(), candidate[decision] > 0);
                    excluded.add(new Plan.Exclusion(
                            space.suggestion(decision, option).id(), reason));
                }
            }
        }
        return excluded;
    }

    private static String reason(double with, double without, boolean other) {
        if (with == Double.POSITIVE_INFINITY) {
            return "it cannot be combined with the rest of the plan";
        }
        if (with >= CandidateEvaluator.INFEASIBLE) {
            return "a constraint would be violated, or runs that succeeded would fail";
        }
        if (other) {
            return "another option of the same decision is better";
        }
        if (with < without - LEAST_GAIN * Math.max(1e-9, Math.abs(without))) {
            return "it would be better with it: the search ended before it came to that";
        }
        return with < without
                ? "its gain beside the rest of the plan is negligible"
                : "it brings nothing beside the rest of the plan";
    }

    /** Each suggestion by itself that can be applied, the most promising first: by gain, confidence and risk. */
    public List<RankedSuggestion> rank() {
        return suggestions.parallelStream()
                .flatMap(suggestion ->
                        estimator.judge(List.of(suggestion)).map(judged -> ranked(suggestion, judged)).stream())
                .sorted(Comparator.comparingDouble(RankedSuggestion::rank).reversed())
                .toList();
    }

    private RankedSuggestion ranked(Suggestion suggestion, ReplayEstimator.Judged judged) {
        double baseline = space.score().of(estimator.baseline());
        double lost = judged.means().lost();
        double lowered = baseline - space.score().objective(judged.means());
        double gain = lost > 0 ? -lost : lowered / Math.max(1e-9, Math.abs(baseline));
        double weight = gain > 0 ? judged.estimate().confidence() * caution(suggestion.risk()) : 1;
        return new RankedSuggestion(suggestion, judged.estimate(), gain, gain * weight);
    }

    /** What an expected gain is worth at a risk: a convention, halved with each level. */
    private static double caution(RiskLevel risk) {
        return switch (risk) {
            case LOW -> 1;
            case MEDIUM -> 0.5;
            case HIGH -> 0.25;
        };
    }
}
