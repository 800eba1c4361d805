package dev.fettle.testkit.strategy;

import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The example of the documentation. */
final class ShorterTimeout implements OptimizationStrategy {
    /** @param minRuns with fewer runs nothing is said */
    record Settings(int minRuns) {}

    @Override
    public String name() {
        return "shorter-timeout";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(20);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return bottleneck.type().equals(BottleneckTypes.UNRELIABLE_NODE);
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        List<Suggestion> suggestions = new ArrayList<>();
        for (Bottleneck bottleneck : context.bottlenecks()) {
            String id = bottleneck.node();
            NodeProfile node = id == null ? null : context.profile().nodes().get(id);
            Node declared = id == null ? null : context.workflow().node(id).orElse(null);
            if (id != null
                    && node != null
                    && declared != null
                    && node.runs() >= context.settings(Settings.class).minRuns()) {
                Duration timeout = node.duration().p99().multipliedBy(2);
                suggestions.add(new Suggestion(
                        name() + ":" + id,
                        name(),
                        "set_timeout",
                        List.of(id),
                        "timeout:" + id,
                        RiskLevel.MEDIUM,
                        Recommendation.AB_TEST,
                        "'" + id + "' fails late; 99 % of its runs are done in half of this time",
                        List.of(new Evidence(
                                "p99 over " + node.runs() + " runs", node.occurrences(), node.runs(), 0, 0)),
                        List.of(new SetPolicies(id, declared.policies().withTimeout(timeout))),
                        List.of(),
                        0.7));
            }
        }
        return suggestions;
    }
}
