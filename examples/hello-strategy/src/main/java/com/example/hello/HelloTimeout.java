package com.example.hello;

import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gives unreliable nodes that could wait for ever a timeout. */
public final class HelloTimeout implements OptimizationStrategy {
    /**
     * @param factor on the slowest hundredth, at least 1
     * @param minRuns with fewer runs nothing is said, at least 1
     */
    public record Settings(double factor, int minRuns) {
        public Settings {
            SettingCheck.atLeast("factor", factor, 1);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String name() {
        return "hello-timeout";
    }

    @Override
    public String needs() {
        return "an unreliable node without a timeout, seen in 20 runs";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(2, 20);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return bottleneck.type().equals(BottleneckTypes.UNRELIABLE_NODE) && bottleneck.node() != null;
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Settings settings = context.settings(Settings.class);
        List<Suggestion> suggestions = new ArrayList<>();
        for (Bottleneck bottleneck : context.bottlenecks()) {
            String id = bottleneck.node();
            Node node = context.workflow().node(id).orElse(null);
            NodeProfile seen = context.profile().nodes().get(id);
            if (node != null && seen != null && context.holds(id, node.policies().timeout() == null, "has a timeout already")
                    && context.holds(id, seen.runs() >= settings.minRuns(), "seen in fewer than " + settings.minRuns() + " runs")) {
                suggestions.add(timeout(node, seen, bottleneck, settings.factor()));
            }
        }
        return suggestions;
    }

    private Suggestion timeout(Node node, NodeProfile seen, Bottleneck bottleneck, double factor) {
        Duration limit = Duration.ofMillis((long) Math.ceil(seen.duration().p99().toNanos() * factor / 1e6) + 1);
        String id = node.id();
        String reason = "99 % of " + seen.occurrences() + " occurrences of '" + id + "' ended well within "
                + limit.toMillis() + " ms; a limit there ends attempts that hang";
        var change = new AddPolicies(id, Policies.NONE.withTimeout(limit));
        return new Suggestion(name() + ":" + id, name(), "set_timeout", List.of(id), "timeout:" + id,
                RiskLevel.MEDIUM, Recommendation.AB_TEST, reason, List.of(bottleneck.evidence()), List.of(change),
                List.of(), Confidence.ofConfirmations(seen.runs()));
    }
}
