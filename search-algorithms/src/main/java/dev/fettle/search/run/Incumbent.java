package dev.fettle.search.run;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Relaxation;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.api.search.SearchResult.FrontPoint;
import java.util.List;
import java.util.Optional;

/** The best candidate so far; at first the baseline. */
public final class Incumbent {
    /** A relaxation may take this part of the budget: one in so many evaluations. */
    public static final int RELAXING = 20;

    private final int[] best;
    private double score;

    public Incumbent(int[] baseline, double score) {
        best = baseline.clone();
        this.score = score;
    }

    public double score() {
        return score;
    }

    public int[] candidate() {
        return best.clone();
    }

    /** Takes the candidate if it is better. */
    public boolean offer(int[] candidate, double candidateScore) {
        if (candidateScore < score) {
            System.arraycopy(candidate, 0, best, 0, best.length);
            score = candidateScore;
            return true;
        }
        return false;
    }

    /** Takes over the best of a saved search, which costs one evaluation. */
    public void resume(SavedState state, Space space, CandidateEvaluator evaluator, Meter meter) {
        int[] saved = state.integers("best");
        if (!space.contains(saved)) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "The saved search state has a candidate of " + saved.length + " decisions that does not fit this"
                            + " problem of " + space.size()
                            + "; start without it, or give the state of the same problem.");
        }
        meter.spend(1);
        offer(saved, evaluator.reset(saved));
    }

    /**
     * Asks the problem what a relaxation around the best candidate tells, and takes over the candidate that comes with it if
     * that is better. All of it is counted.
     */
    public Optional<Relaxation> relax(SearchProblem problem, CandidateEvaluator evaluator, Meter meter) {
        int most = (int) Math.min(Integer.MAX_VALUE, meter.left() / RELAXING);
        Optional<Relaxation> relaxation = problem.relaxation(candidate(), most);
        relaxation.ifPresent(told -> {
            meter.spend(told.evaluations() + 1);
            offer(told.candidate(), evaluator.reset(told.candidate()));
        });
        return relaxation;
    }

    /** The result of a search for one objective. */
    public SearchResult result(CandidateEvaluator evaluator, Meter meter, String end, SavedState state) {
        double exact = evaluator.reset(best);
        return new SearchResult(
                best.clone(),
                exact,
                meter.evaluations(),
                List.of(new FrontPoint(best.clone(), evaluator.objectives())),
                end,
                state.with("best", best).json());
    }

    /** The result where no decision has more than one option. */
    public static SearchResult nothingToDecide(String algorithm, SearchProblem problem) {
        CandidateEvaluator evaluator = problem.newEvaluator();
        int[] only = problem.baseline();
        return new SearchResult(
                only,
                evaluator.score(),
                0,
                List.of(new FrontPoint(only.clone(), evaluator.objectives())),
                "There was nothing to decide.",
                new SavedState(algorithm).with("best", only).json());
    }
}
