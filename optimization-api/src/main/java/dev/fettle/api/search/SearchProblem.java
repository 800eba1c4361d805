package dev.fettle.api.search;

import dev.fettle.api.Evolving;
import java.util.List;
import java.util.Optional;

/**
 * What a search algorithm searches: candidates are {@code int[]} with one option for each decision, scores are minimized.
 * Safe for use by several threads; evaluators are not.
 */
@Evolving
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

    /**
     * Whether options may be combined, as far as that is known without an evaluation; a candidate that is not admissible
     * scores {@link Double#POSITIVE_INFINITY}. True where nothing is known.
     */
    default boolean admissible(int[] candidate) {
        return true;
    }

    /**
     * What is known of an option before any candidate is evaluated, for learned policies: by how much it would change the
     * score, against the baseline's option, by duration if that were on the critical path, and by everything else (cost,
     * quality); and how much of its decision's duration is slack in the baseline, in units of the score. Empty where
     * nothing is known: then it is measured, one evaluation for each option.
     *
     * @return nothing, or three numbers
     */
    default double[] expectedEffects(int decision, int option) {
        return new double[0];
    }

    /**
     * What a relaxation of this problem tells, for problems that know their own structure. Deterministic.
     *
     * @param around what is not relaxed stays as in this candidate
     * @param mostEvaluations the work that may be spent on it, in evaluations of a candidate
     * @return nothing where there is no relaxation, or it would mislead
     */
    default Optional<Relaxation> relaxation(int[] around, int mostEvaluations) {
        return Optional.empty();
    }
}
