package dev.fettle.benchmarks.typical;

import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.change.SubstituteTool;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Suggestions of every kind for a {@link TypicalWorkflow}. */
final class TypicalSuggestions {
    private final SplittableRandom random;
    private final List<Suggestion> suggestions = new ArrayList<>();

    private TypicalSuggestions(SplittableRandom random) {
        this.random = random;
    }

    /** As many as wanted, of all kinds in turn. */
    static List<Suggestion> of(TypicalWorkflow typical, int count, long seed) {
        TypicalSuggestions made = new TypicalSuggestions(new SplittableRandom(seed));
        List<String> nodes = typical.workflow().nodes().stream().map(Node::id).toList();
        for (int turn = 0; made.suggestions.size() < count; turn++) {
            String node = nodes.get(turn % nodes.size());
            switch (turn / nodes.size() % 8) {
                case 0 ->
                    made.add(
                            "tool:" + node,
                            made.outcome(node, "search"),
                            new SubstituteTool(node, "search", "quick-search"));
                case 1, 2, 3 ->
                    made.add(
                            "level:" + node,
                            made.outcome(node, null),
                            new SetParameter(node, "level", turn / nodes.size()));
                case 4 ->
                    made.add(
                            "policies:" + node,
                            null,
                            new SetPolicies(
                                    node,
                                    Policies.NONE.withCache(
                                            new Policies.Cache("search", null, 8, Policies.Cache.Eviction.LRU))));
                case 5 ->
                    made.add(
                            "policies:" + node,
                            null,
                            new SetPolicies(
                                    node,
                                    Policies.NONE.withTimeout(Duration.ofMillis(made.random.nextInt(3_000, 40_000)))));
                case 6 -> {
                    if (turn % 3 == 0) {
                        made.add(
                                "policies:" + node,
                                null,
                                new SetPolicies(
                                        node, Policies.NONE.withRetry(new Policies.Retry(3, Duration.ofMillis(100)))));
                    }
                }
                default -> made.structural(nodes, turn % nodes.size());
            }
        }
        return made.suggestions;
    }

    private void structural(List<String> nodes, int from) {
        if (from % 3 == 0) {
            add("remove:" + nodes.get(from), null, new RemoveNode(nodes.get(from)));
        } else if (from + 3 <= nodes.size()) {
            int to = Math.min(nodes.size(), from + 2 + random.nextInt(4));
            add(
                    "block" + from / 4,
                    null,
                    new Parallelize(
                            "block" + suggestions.size(), nodes.subList(from, to), NodeBody.ErrorStrategy.FAIL_FAST));
        }
    }

    private ExpectedOutcome outcome(String node, @Nullable String tool) {
        double factor = random.nextDouble(0.3, 1.4);
        return new ExpectedOutcome(
                node,
                tool,
                Amount.factor(factor, factor, factor),
                Amount.factor(random.nextDouble(0.5, 1.5), 0.5, 1.5),
                Amount.factor(1 - 0.02 * random.nextDouble(), 0.97, 1),
                Source.ESTIMATED,
                "generated");
    }

    private void add(String decision, @Nullable ExpectedOutcome outcome, WorkflowChange change) {
        suggestions.add(new Suggestion(
                "s" + suggestions.size(),
                "generated",
                "generated",
                List.of(),
                decision,
                RiskLevel.LOW,
                Recommendation.AUTOMATIC,
                change.describe(),
                List.of(new Evidence("generated", 1, 1, 1, 1)),
                List.of(change),
                outcome == null ? List.of() : List.of(outcome),
                0.9));
    }
}
