package dev.fettle.benchmarks.predict;

import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** A cache for each tool of each node, whether it pays or not; the change refuses those that would drop effects. */
final class CacheSuggestions {
    private static final int ENTRIES = 1000;

    private CacheSuggestions() {}

    static List<Suggestion> of(Workflow workflow) {
        List<Suggestion> suggestions = new ArrayList<>();
        for (Node node : workflow.allNodes()) {
            for (String tool : node.answeringTools()) {
                Policies.Cache cache = new Policies.Cache(tool, null, ENTRIES, Policies.Cache.Eviction.LRU);
                SetPolicies change = new SetPolicies(node.id(), node.policies().withCache(cache));
                suggestions.add(new Suggestion(
                        "cache:" + node.id() + ":" + tool,
                        "predict",
                        "cache",
                        List.of(),
                        "cache:" + node.id(),
                        RiskLevel.LOW,
                        Recommendation.MANUAL_REVIEW,
                        "cache the answers of '" + tool + "' in '" + node.id() + "'",
                        List.of(new Evidence("tried whether it pays or not", 0, 0, 0, 0)),
                        List.of(change),
                        List.of(),
                        1));
            }
        }
        return suggestions;
    }
}
