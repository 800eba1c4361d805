package dev.fettle.api.plan;

import dev.fettle.api.Stable;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Workflow;
import java.util.List;

/**
 * Suggestions chosen together, in the order in which they are applied.
 *
 * @param workflow the workflow with all of them applied
 * @param score of the objective, relative to the baseline's; lower is better
 * @param excluded suggestions that were left out, each with the reason
 * @param algorithm what found the plan, and why it was chosen
 */
@Stable
public record Plan(
        List<Suggestion> suggestions,
        Workflow workflow,
        Estimate estimate,
        double score,
        double baselineScore,
        List<Exclusion> excluded,
        String algorithm,
        long evaluations) {
    public Plan {
        suggestions = List.copyOf(suggestions);
        excluded = List.copyOf(excluded);
    }

    /** A suggestion that is not in the plan. */
    public record Exclusion(String suggestion, String reason) {}
}
