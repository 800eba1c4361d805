package dev.fettle.strategies.basic.pruning;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.MergeNodes;
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
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs one of two nodes that do the same on the same state keys, for the readers of both.
 *
 * <pre>
 *   parse ──▶ style ──▶ parse_again ──▶ report      becomes      parse (writes for both) ──▶ style ──▶ report
 * </pre>
 *
 * Recorded outputs decide where there are any: one run in which the two differ on equal inputs, and nothing is said.
 * Nodes with a language model need such a record. Of medium risk, to be compared before use: the nodes may differ in
 * detail.
 *
 * <p>Confidence: by the compared outputs that were equal ({@link Confidence#ofConfirmations}); without any, the setting.
 */
@AutoService(OptimizationStrategy.class)
public final class DuplicateNodeMerging implements OptimizationStrategy {
    /**
     * @param confidenceWithoutOutputs where the two are declared the same but no outputs were recorded, in [0, 1]
     */
    public record Settings(double confidenceWithoutOutputs) {
        public Settings {
            SettingCheck.share("confidenceWithoutOutputs", confidenceWithoutOutputs);
        }
    }

    @Override
    public String name() {
        return "merge-duplicates";
    }

    @Override
    public String needs() {
        return "two nodes with the same code, tools, parameters and read keys; for agents recorded equal outputs";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.5);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return bottleneck.type().equals(BottleneckTypes.REDUNDANT_NODE)
                || bottleneck.type().equals(BottleneckTypes.REPEATED_WORK);
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Set<String> named = Named.nodes(context.bottlenecks());
        List<Suggestion> suggestions = new ArrayList<>();
        if (named.isEmpty()) {
            return suggestions;
        }
        Map<Work, List<Node>> same = new LinkedHashMap<>();
        for (Node node : context.workflow().allNodes()) {
            if (node.state().known() && !node.state().writes().isEmpty()) {
                same.computeIfAbsent(Work.of(node), work -> new ArrayList<>()).add(node);
            }
        }
        Set<String> alone = new LinkedHashSet<>(named);
        for (List<Node> nodes : same.values()) {
            Node keep = nodes.get(0);
            if (nodes.size() > 1) {
                nodes.forEach(node -> alone.remove(node.id()));
            }
            for (Node duplicate : nodes.subList(1, nodes.size())) {
                if (named.contains(keep.id()) || named.contains(duplicate.id())) {
                    suggest(context, keep, duplicate, suggestions);
                }
            }
        }
        alone.forEach(id -> context.refusals()
                .refused(
                        id, "no other node is declared to do the same on the same keys, or its state is not declared"));
        return suggestions;
    }

    private void suggest(StrategyContext context, Node keep, Node duplicate, List<Suggestion> suggestions) {
        MergeNodes change = new MergeNodes(keep.id(), duplicate.id());
        String candidate = keep.id() + "+" + duplicate.id();
        if (!context.holds(candidate, !context.workflow().effectsOf(keep).mustKeep(), Refusals.EFFECTS)
                || !context.applies(candidate, List.of(change))) {
            return;
        }
        NodeProfile profile = context.profile().nodes().get(duplicate.id());
        Rate equal = ComparedOutputs.equal(context.profile().sample(), keep, duplicate);
        boolean model = keep.kind() == NodeKind.AGENT || keep.kind() == NodeKind.TEAM;
        if (profile == null) {
            context.refusals().refused(candidate, Refusals.NOT_SEEN);
            return;
        }
        if (!context.holds(candidate, equal.successes() == equal.trials(), "recorded results differ")
                || !context.holds(candidate, !model || equal.trials() > 0, "agents without recorded results")) {
            return;
        }
        String pair = "'" + keep.id() + "' and '" + duplicate.id() + "'";
        String text = equal.trials() > 0
                ? "results of " + pair + " on equal inputs were equal in " + Figures.rate(equal)
                : pair + " are declared to do the same on the same keys; no outputs were recorded to compare";
        suggestions.add(new Suggestion(
                name() + ":" + keep.id() + "+" + duplicate.id(),
                name(),
                "merge_nodes",
                List.of(keep.id(), duplicate.id()),
                "node:" + duplicate.id(),
                RiskLevel.MEDIUM,
                Recommendation.AB_TEST,
                pair + " do the same work; '" + duplicate.id() + "' takes "
                        + Figures.seconds(profile.duration().mean()) + " on average",
                List.of(new Evidence(text, equal.trials(), profile.runs(), equal.low(), equal.high())),
                List.of(change),
                List.of(),
                equal.trials() > 0
                        ? Confidence.ofConfirmations(equal.trials())
                        : context.settings(Settings.class).confidenceWithoutOutputs()));
    }
}
