package dev.fettle.core.plan;

import static dev.fettle.core.estimate.GeneratedRuns.suggestion;

import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.change.SubstituteTool;
import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.core.estimate.GeneratedRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Suggestions of every kind for a generated workflow. */
final class RandomSuggestions {
    private RandomSuggestions() {}

    static List<Suggestion> of(GeneratedRuns runs, Random random) {
        return of(runs, random, 1);
    }

    /**
     * @param policies how much more often timeouts, short and long, and further attempts are suggested
     */
    static List<Suggestion> of(GeneratedRuns runs, Random random, int policies) {
        List<Suggestion> suggestions = new ArrayList<>();
        for (String node : runs.nodes()) {
            if (random.nextBoolean()) {
                suggestions.add(suggestion("remove:" + node, "remove:" + node, new RemoveNode(node)));
            }
            if (random.nextBoolean()) {
                suggestions.add(suggestion(
                        "tool:" + node,
                        "tool:" + node,
                        List.of(outcome(node, "tool", random)),
                        new SubstituteTool(node, "tool", "other")));
            }
            for (int level = 0; level < random.nextInt(4); level++) {
                suggestions.add(suggestion(
                        "level:" + node + level,
                        "level:" + node,
                        List.of(outcome(node, null, random)),
                        new SetParameter(node, "level", level)));
            }
            if (random.nextInt(3) == 0) {
                Policies cached =
                        Policies.NONE.withCache(new Policies.Cache("tool", null, 2, Policies.Cache.Eviction.LRU));
                suggestions.add(suggestion("cache:" + node, "policies:" + node, new SetPolicies(node, cached)));
            }
            if (random.nextInt(6) < policies) {
                Policies hasty =
                        Policies.NONE.withTimeout(Duration.ofMillis(policies == 1 ? 700 : 300 + random.nextInt(900)));
                suggestions.add(suggestion("timeout:" + node, "policies:" + node, new SetPolicies(node, hasty)));
            }
            if (random.nextInt(6) < policies) {
                Policies patient = Policies.NONE.withRetry(new Policies.Retry(3, Duration.ofMillis(10)));
                suggestions.add(suggestion(
                        "retry:" + node,
                        policies == 1 ? "policies:" + node : "retry:" + node,
                        new SetPolicies(node, patient)));
            }
        }
        List<String> nodes = runs.nodes();
        for (int i = 0; i < 3; i++) {
            int from = random.nextInt(nodes.size() - 1);
            int to = from + 2 + random.nextInt(nodes.size() - from - 1);
            suggestions.add(suggestion(
                    "block" + i,
                    "block" + (i / 2),
                    new Parallelize("block" + i, nodes.subList(from, to), NodeBody.ErrorStrategy.FAIL_FAST)));
        }
        return suggestions;
    }

    private static ExpectedOutcome outcome(String node, @Nullable String tool, Random random) {
        double factor = 0.2 + random.nextDouble();
        return new ExpectedOutcome(
                node,
                tool,
                Amount.factor(factor, factor, factor),
                Amount.factor(random.nextDouble(), 0, 1),
                Amount.factor(1 - 0.1 * random.nextDouble(), 0.9, 1),
                Source.ESTIMATED,
                "test");
    }
}
