package dev.fettle.core.optimize;

import dev.fettle.api.plan.Plan;
import dev.fettle.core.plan.RankedSuggestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What could be done about a workflow.
 *
 * @param suggestions the most promising first, each with the estimate of it alone
 * @param plan the best set of them; null where there was nothing to replay
 * @param alternatives plans none of which is better than another in duration, cost and quality alike
 */
public record Proposal(
        List<RankedSuggestion> suggestions, @Nullable Plan plan, List<Plan> alternatives) {
    public Proposal {
        suggestions = List.copyOf(suggestions);
        alternatives = List.copyOf(alternatives);
    }
}
