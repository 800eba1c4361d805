package dev.fettle.strategies.advanced.caching;

import com.google.auto.service.AutoService;
import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.evidence.Named;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.SampledRuns;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Policies.Cache.Invalidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keeps what a node wrote, for when it runs again on the same input, as in a loop that embeds all documents each time.
 *
 * <pre>
 *   embed ──▶ judge ──▶ embed ──▶ judge      becomes      embed {cache} ──▶ judge ──▶ kept ──▶ judge
 * </pre>
 *
 * Needs declared state keys and effects (none), and recorded occurrences on the same input that wrote the same; otherwise
 * as {@link ToolCaching}.
 *
 * <p>Risk: low where all compared outputs are equal; medium for agents and where some differ.
 */
@AutoService(OptimizationStrategy.class)
public final class NodeCaching implements OptimizationStrategy {

    @Override
    public String name() {
        return "cache-node";
    }

    @Override
    public String needs() {
        return "a node with declared state and without effects, and recorded occurrences on equal input with outputs to compare";
    }

    @Override
    public CachingSettings defaultSettings() {
        return CachingSettings.DEFAULT;
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return bottleneck.type().equals(BottleneckTypes.REPEATED_WORK);
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        List<Suggestion> suggestions = new ArrayList<>();
        Set<String> named = Named.nodes(context.bottlenecks());
        SampledRuns runs = SampledRuns.of(context.profile(), named);
        for (String id : named) {
            Node node = context.workflow().node(id).orElse(null);
            if (node == null) {
                context.refusals().refused(id, Refusals.NOT_SEEN);
                continue;
            }
            boolean plain = node.kind() != NodeKind.CONDITION
                    && node.kind() != NodeKind.HUMAN
                    && node.members().isEmpty();
            if (context.holds(id, plain, "is a condition, a person or a block")
                    && context.holds(id, node.state().known(), "its state is not declared")
                    && context.holds(id, node.policies().cache() == null, "has a cache already")
                    && context.holds(
                            id,
                            context.workflow().effectsOf(node) == Effects.NONE,
                            "it or its tools have effects, or do not declare that they have none")) {
                suggest(context, node, new RecordedOccurrences(runs.of(id)), suggestions);
            }
        }
        return suggestions;
    }

    private void suggest(
            StrategyContext context, Node node, RecordedOccurrences occurrences, List<Suggestion> suggestions) {
        CachingSettings settings = context.settings(CachingSettings.class);
        CacheChoice.of(
                        null,
                        List.of(Invalidation.NONE),
                        settings,
                        occurrences::replay,
                        cache -> Rate.of(0, 0),
                        why -> context.refusals().refused(node.id(), why))
                .ifPresent(choice -> {
                    AddPolicies change = new AddPolicies(node.id(), Policies.NONE.withCache(choice.policy()));
                    if (context.applies(node.id(), List.of(change))) {
                        boolean agent = node.kind() == NodeKind.AGENT || node.kind() == NodeKind.TEAM;
                        RiskLevel risk = choice.plain() && !agent ? RiskLevel.LOW : RiskLevel.MEDIUM;
                        suggestions.add(CacheSuggestion.of(
                                this,
                                node.id(),
                                List.of(node.id()),
                                node,
                                "runs of '" + node.id() + "'",
                                choice,
                                risk,
                                change));
                    }
                });
    }
}
