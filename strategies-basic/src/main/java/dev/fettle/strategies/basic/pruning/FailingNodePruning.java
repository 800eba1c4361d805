package dev.fettle.strategies.basic.pruning;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.evidence.Named;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes out a node that fails more often than it succeeds.
 *
 * <pre>
 *   a ──▶ lookup (2 of 20 succeed) ──▶ b      becomes      a ──▶ b
 * </pre>
 *
 * Only where the graph stays well formed without the node, and its effects are known and none must be kept. Always of
 * high risk and for a person to decide: now and then the node does succeed.
 *
 * <p>Confidence: how likely the true success rate is below the threshold ({@link Confidence#below}).
 */
@AutoService(OptimizationStrategy.class)
public final class FailingNodePruning implements OptimizationStrategy {
    /**
     * @param maxSuccessRate a node that succeeds at least this often is left alone, in (0, 1)
     * @param minOccurrences with fewer outcomes nothing is said; at least 1
     */
    public record Settings(double maxSuccessRate, int minOccurrences) {
        public Settings {
            SettingCheck.part("maxSuccessRate", maxSuccessRate);
            SettingCheck.atLeast("minOccurrences", minOccurrences, 1);
        }
    }

    @Override
    public String name() {
        return "prune-failing";
    }

    @Override
    public String needs() {
        return "a success rate under a half in at least 5 outcomes, declared state, nobody who reads what the node writes, and no effects to keep";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.5, 5);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return bottleneck.type().equals(BottleneckTypes.UNRELIABLE_NODE);
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Settings settings = context.settings(Settings.class);
        List<Suggestion> suggestions = new ArrayList<>();
        for (String id : Named.nodes(context.bottlenecks())) {
            Node node = context.workflow().node(id).orElse(null);
            NodeProfile profile = context.profile().nodes().get(id);
            if (node == null || profile == null) {
                context.refusals().refused(id, Refusals.NOT_SEEN);
            } else if (fails(context, id, profile.success(), settings) && removable(context, node)) {
                suggestions.add(suggestion(context, id, profile, settings));
            }
        }
        return suggestions;
    }

    private static boolean fails(StrategyContext context, String id, Rate success, Settings settings) {
        return context.holds(
                        id,
                        success.trials() >= settings.minOccurrences(),
                        "fewer than " + settings.minOccurrences() + " outcomes are recorded")
                && context.holds(
                        id,
                        success.value() < settings.maxSuccessRate(),
                        "succeeds in " + settings.maxSuccessRate() + " of its outcomes or more");
    }

    private static boolean removable(StrategyContext context, Node node) {
        return context.holds(node.id(), node.state().known(), "its state is not declared")
                && context.holds(node.id(), !context.workflow().effectsOf(node).mustKeep(), Refusals.EFFECTS)
                && context.applies(node.id(), List.of(new RemoveNode(node.id())));
    }

    private Suggestion suggestion(StrategyContext context, String id, NodeProfile profile, Settings settings) {
        Rate success = profile.success();
        String errors = profile.errors().isEmpty() ? "" : "; errors: " + profile.errors();
        Evidence evidence = new Evidence(
                "'" + id + "' succeeded in " + Figures.rate(success) + errors,
                success.trials(),
                profile.runs(),
                success.low(),
                success.high());
        return new Suggestion(
                name() + ":" + id,
                name(),
                "remove_node",
                List.of(id),
                "node:" + id,
                RiskLevel.HIGH,
                Recommendation.MANUAL_REVIEW,
                "'" + id + "' fails more often than not, and the workflow "
                        + context.workflow().id()
                        + " is well formed without it; what it writes when it succeeds would be missing",
                List.of(evidence),
                List.of(new RemoveNode(id)),
                List.of(),
                Confidence.below(settings.maxSuccessRate(), success));
    }
}
