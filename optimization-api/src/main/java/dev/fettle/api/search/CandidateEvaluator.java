package dev.fettle.api.search;

import dev.fettle.api.Evolving;

/**
 * Scores candidates, lower is better. Holds one current candidate, against which single changes are scored fast. For use
 * by one thread.
 *
 * <p>A score of {@link Double#POSITIVE_INFINITY} marks options that may not be combined; {@link #INFEASIBLE} or more a
 * violated constraint, the greater the worse. Algorithms never return the former, and the latter only where nothing
 * feasible was found.
 */
@Evolving
public interface CandidateEvaluator {
    /** Scores from here on violate a constraint. */
    double INFEASIBLE = 1e6;

    /** Makes this the current candidate and returns its score. */
    double reset(int[] candidate);

    /** The score of the current candidate. */
    double score();

    /** The current option of a decision. */
    int option(int decision);

    /** The score that the current candidate would have with one option changed. */
    default double scoreWith(int decision, int option) {
        return scoreWith(decision, option, Double.POSITIVE_INFINITY);
    }

    /**
     * The same, if it is at most the threshold; else any value above the threshold. Knowing a threshold lets most bad
     * moves be dropped early.
     */
    double scoreWith(int decision, int option, double threshold);

    /** Changes one option of the current candidate and returns the new score. */
    double apply(int decision, int option);

    /** The values of the current candidate for multi-objective search, each to be minimized. */
    double[] objectives();
}
