package dev.fettle.search.auto;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Meter;
import dev.fettle.search.run.SavedState;
import dev.fettle.search.run.Space;

/** Looks at all candidates, in the order of an odometer whose first digit is only scored, not applied. */
final class Enumeration {
    private Enumeration() {}

    static SearchResult run(SearchProblem problem, Space space, SearchContext context) {
        CandidateEvaluator evaluator = problem.newEvaluator();
        Incumbent incumbent = new Incumbent(problem.baseline(), evaluator.score());
        Meter meter = new Meter(problem, context);
        context.resumeFrom()
                .ifPresent(json -> incumbent.resume(SavedState.parse(Auto.NAME, json), space, evaluator, meter));
        int[] movable = space.movable();
        int[] current = problem.baseline();
        for (int decision : movable) {
            current[decision] = 0;
        }
        evaluator.reset(current);
        int allowance = 0;
        boolean more = true;
        boolean complete = true;
        while (more && complete) {
            for (int option = 0; complete && option < space.options(movable[0]); option++) {
                if (allowance == 0) {
                    allowance = meter.allowance(incumbent.score());
                }
                complete = allowance > 0;
                if (complete) {
                    allowance--;
                    meter.spend(1);
                    double score = evaluator.scoreWith(movable[0], option, incumbent.score());
                    if (score < incumbent.score()) {
                        current[movable[0]] = option;
                        incumbent.offer(current, score);
                        current[movable[0]] = 0;
                    }
                }
            }
            more = advance(evaluator, space, movable, current);
        }
        String end = complete
                ? "All candidates were looked at, as there are few: this is the optimum."
                : "The budget was used up, or somebody asked to stop, before all candidates were looked at.";
        return incumbent.result(evaluator, meter, end, new SavedState(Auto.NAME));
    }

    /** The next candidate in the other digits; false after the last. */
    private static boolean advance(CandidateEvaluator evaluator, Space space, int[] movable, int[] current) {
        for (int digit = 1; digit < movable.length; digit++) {
            int decision = movable[digit];
            current[decision] = current[decision] + 1 < space.options(decision) ? current[decision] + 1 : 0;
            evaluator.apply(decision, current[decision]);
            if (current[decision] > 0) {
                return true;
            }
        }
        return false;
    }
}
