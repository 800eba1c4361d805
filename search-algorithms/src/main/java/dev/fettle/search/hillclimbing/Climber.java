package dev.fettle.search.hillclimbing;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Meter;
import dev.fettle.search.run.SavedState;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** One run of {@link HillClimbing}. */
final class Climber {
    private static final String ENOUGH = "The budget was used up, or somebody asked to stop.";

    private final HillClimbingSettings settings;
    private final Space space;
    private final int[] decisions;
    private final CandidateEvaluator evaluator;
    private final Meter meter;
    private final SplitMix random;
    private final Incumbent incumbent;

    private final int[] current;
    private double score;

    /** The best option found for each decision in one look at all neighbours, and the score that it gives. */
    private final int[] move;

    private final double[] moveScore;
    private final Integer[] order;

    private int allowance;

    Climber(SearchProblem problem, Space space, SearchContext context) {
        this.settings = context.settings(HillClimbingSettings.class);
        this.space = space;
        decisions = space.movable();
        evaluator = problem.newEvaluator();
        meter = new Meter(problem, context);
        current = problem.baseline();
        score = evaluator.score();
        incumbent = new Incumbent(current, score);
        move = new int[space.size()];
        moveScore = new double[space.size()];
        order = Arrays.stream(decisions).boxed().toArray(Integer[]::new);

        Optional<SavedState> saved = context.resumeFrom().map(json -> SavedState.parse(HillClimbing.NAME, json));
        random = new SplitMix(saved.map(state -> state.number("random"))
                .orElseGet(() -> context.random().nextLong()));
        saved.ifPresent(state -> {
            incumbent.resume(state, space, evaluator, meter);
        });
        incumbent.relax(problem, evaluator, meter);
        moveTo(incumbent.candidate());
    }

    SearchResult run() {
        int[] home = current.clone();
        double homeScore = score;
        int climbs = 0;
        int fruitless = 0;
        while (climb() && fruitless < settings.patience()) {
            climbs++;
            fruitless = incumbent.offer(current, score) ? 0 : fruitless + 1;
            if (score <= homeScore) {
                System.arraycopy(current, 0, home, 0, home.length);
                homeScore = score;
            }
            boolean fresh = random.uniform() < settings.freshStarts();
            moveTo(home);
            if (!kick(fresh ? decisions.length * 2 : Math.max(2, (int) (settings.kick() * decisions.length)))) {
                break;
            }
        }
        incumbent.offer(current, score);
        String end = fruitless >= settings.patience()
                ? "Converged: " + fruitless + " climbs in a row found nothing better, of " + climbs + "."
                : ENOUGH + " There were " + climbs + " complete climbs.";
        return incumbent.result(
                evaluator, meter, end, new SavedState(HillClimbing.NAME).with("random", random.state()));
    }

    private void moveTo(int[] candidate) {
        System.arraycopy(candidate, 0, current, 0, current.length);
        score = evaluator.reset(candidate);
    }

    /**
     * Looks at all neighbours, takes the steepest move, and then the best moves of the other decisions, steepest first, as
     * far as they still improve; until no neighbour is better.
     *
     * @return false where the budget ended it
     */
    private boolean climb() {
        while (true) {
            for (int decision : decisions) {
                if (!look(decision)) {
                    return false;
                }
            }
            Arrays.sort(order, Comparator.comparingDouble(decision -> moveScore[decision]));
            if (moveScore[order[0]] >= score) {
                return true;
            }
            take(order[0], moveScore[order[0]]);
            for (int i = 1; i < order.length && moveScore[order[i]] != Double.POSITIVE_INFINITY; i++) {
                if (!affordable()) {
                    return false;
                }
                double together = evaluator.scoreWith(order[i], move[order[i]], score);
                if (together < score) {
                    take(order[i], together);
                }
            }
        }
    }

    /** Finds the best option of one decision with the others as they are; false where the budget is used up. */
    private boolean look(int decision) {
        double best = score;
        moveScore[decision] = Double.POSITIVE_INFINITY;
        for (int option : space.neighbours(decision, current[decision])) {
            if (!affordable()) {
                return false;
            }
            double changed = evaluator.scoreWith(decision, option, best);
            if (changed < best) {
                best = changed;
                move[decision] = option;
                moveScore[decision] = changed;
            }
        }
        return true;
    }

    private void take(int decision, double newScore) {
        evaluator.apply(decision, move[decision]);
        current[decision] = move[decision];
        score = newScore;
    }

    /** Changes some decisions at random, never into a forbidden combination; false where the budget is used up. */
    private boolean kick(int changes) {
        for (int i = 0; i < changes; i++) {
            if (!affordable()) {
                return false;
            }
            int decision = decisions[random.below(decisions.length)];
            int option = space.otherOption(decision, current[decision], random.next());
            double changed = evaluator.scoreWith(decision, option);
            if (changed < Double.POSITIVE_INFINITY) {
                move[decision] = option;
                take(decision, changed);
            }
        }
        return true;
    }

    /** Counts one evaluation if the budget has room for it. */
    private boolean affordable() {
        if (allowance == 0) {
            allowance = meter.allowance(Math.min(score, incumbent.score()));
            if (allowance == 0) {
                return false;
            }
        }
        allowance--;
        meter.spend(1);
        return true;
    }
}
