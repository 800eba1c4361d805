package dev.fettle.core.report;

import dev.fettle.api.plan.Plan;
import dev.fettle.api.search.CandidateEvaluator;

/** What is said of a plan without suggestions. */
final class NothingPays {
    private NothingPays() {}

    static String words(Plan plan) {
        String found = plan.baselineScore() >= CandidateEvaluator.INFEASIBLE
                ? "The workflow as it is does not keep the constraints, and no plan that was looked at does."
                : "No suggestion pays: of the plans that were looked at, none is expected to be better than the workflow as"
                        + " it is.";
        return found + " Searched by " + plan.algorithm() + (plan.algorithm().endsWith(".") ? "" : ".");
    }
}
