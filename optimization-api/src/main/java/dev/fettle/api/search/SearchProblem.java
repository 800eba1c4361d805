package dev.fettle.api.search;

import java.util.List;

/**
 * What a search algorithm searches: candidates are {@code int[]} with one option for each decision, scores are minimized.
 * Safe for use by several threads; evaluators are not.
 */
public interface SearchProblem {
    List<Decision> decisions();

    /** The candidate to start from: the workflow as it is. */
    int[] baseline();

    /** A new evaluator, placed at the baseline. */
    CandidateEvaluator newEvaluator();

    /** Whether an evaluation is so dear (a workflow is really run) that thinking hard about the next one pays. */
    default boolean expensive() {
        return false;
    }
}
