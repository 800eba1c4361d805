package dev.fettle.search.run;

import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;

/** Counts evaluations and deals them out in portions, so that the budget costs a fast loop next to nothing. */
public final class Meter {
    private static final int PORTION = 256;

    /** A limit that is meant to leave it to the clock. */
    private static final long UNLIMITED = 1_000_000_000;
    /** How much faster a loop becomes once it is compiled. */
    private static final double WARM_UP = 10;

    /** The share of the time after which it tells how much of a search is done. */
    private static final double TELLING = 0.02;

    /** The share of the time after which the speed is known, and is not going to rise much, even in a short search. */
    private static final double SURE = 0.3;

    /** A start that took this share of the time is more than the slowness of a program that has just started. */
    private static final double SLOW = 0.2;

    private final SearchContext context;
    private final long limit;
    private final int portion;
    private long evaluations;

    public Meter(SearchProblem problem, SearchContext context) {
        this.context = context;
        limit = context.budget().maxEvaluations();
        portion = problem.expensive() ? 1 : (int) Math.max(1, Math.min(PORTION, limit / 100));
    }

    /** How many evaluations may be made before asking again; 0 to stop. */
    public int allowance(double best) {
        if (evaluations >= limit || !context.mayContinue(evaluations, best)) {
            return 0;
        }
        return (int) Math.min(portion, limit - evaluations);
    }

    public void spend(int count) {
        evaluations += count;
    }

    public long evaluations() {
        return evaluations;
    }

    /** Evaluations that the limit leaves; time may run out before. */
    public long left() {
        return limit - evaluations;
    }

    /** Whether {@link #expectedOnceWarm} is not going to change much any more. */
    public boolean expectedForSure() {
        return limit < UNLIMITED || context.timeUsed() > SURE;
    }

    /** How many evaluations this search will come to: the limit, or what the time will allow if the speed stays as it was. */
    public long expected() {
        double timed = context.timeUsed();
        return limit < UNLIMITED || timed <= 0 ? limit : (long) Math.min((double) limit, evaluations / timed);
    }

    /** The same, where a program that has just started is yet to become as fast as it can: ever less so as time goes by. */
    public long expectedOnceWarm() {
        double warmer = Math.max(1, WARM_UP * (1 - context.timeUsed() / SURE));
        return limit < UNLIMITED ? limit : (long) Math.min((double) limit, warmer * expected());
    }

    /**
     * The share of the budget that is used, 0 to 1. Time counts only where it is clearly what will run out first:
     * otherwise the course of a search that its evaluation limit ends would depend on the machine.
     */
    public double used() {
        double counted = Math.min(1, (double) evaluations / limit);
        double timed = context.timeUsed();
        return timed > (limit < UNLIMITED ? SLOW : TELLING) + 2 * counted ? timed : counted;
    }
}
