package dev.fettle.strategies.basic.pruning;

import com.google.auto.service.AutoService;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.evidence.Named;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes out nodes whose results nobody needs, together with the nodes that only feed them.
 *
 * <pre>
 *   read ──▶ tokenize ──▶ lint ──▶ report      becomes      read ──▶ report
 *            (for lint)   (read by nobody)
 * </pre>
 *
 * Needs declared state keys of every node and declared outputs. A node with effects is never unused: nobody reads what a
 * mail sender writes, either. Of low risk, by construction: no value that reaches an output or an effect changes.
 *
 * <p>Confidence: by the runs in which the nodes were seen ({@link Confidence#ofConfirmations}).
 */
@AutoService(OptimizationStrategy.class)
public final class UnusedNodePruning implements OptimizationStrategy {
    private static final String MAY_BE_NEEDED =
            "an output or an effect may need what it writes, or the state of a node or the outputs are not declared";

    @Override
    public String name() {
        return "prune-unused";
    }

    @Override
    public String needs() {
        return "declared state of all nodes and declared outputs, no effects, and a run in which the node was seen";
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return bottleneck.type().equals(BottleneckTypes.UNUSED_OUTPUT);
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Set<String> named = Named.nodes(context.bottlenecks());
        List<Suggestion> suggestions = new ArrayList<>();
        if (!named.isEmpty()) {
            Set<String> needed = new LinkedHashSet<>(named);
            for (Set<String> group : Liveness.of(context.workflow()).unusedGroups()) {
                needed.removeAll(group);
                if (group.stream().anyMatch(named::contains)) {
                    suggest(context, group, suggestions);
                }
            }
            needed.forEach(id -> context.refusals().refused(id, MAY_BE_NEEDED));
        }
        return suggestions;
    }

    private void suggest(StrategyContext context, Set<String> group, List<Suggestion> suggestions) {
        List<WorkflowChange> changes = new ArrayList<>();
        Set<String> removed = new LinkedHashSet<>();
        long runs = 0;
        double seconds = 0;
        Workflow current = context.workflow();
        for (String id : group) {
            NodeProfile profile = context.profile().nodes().get(id);
            RemoveNode change = new RemoveNode(id);
            ChangeResult result = change.apply(current);
            if (result instanceof ChangeResult.Refused refused) {
                context.refusals().refused(id, "the change is refused: " + refused.reason());
            }
            if (profile == null) {
                context.refusals().refused(id, Refusals.NOT_SEEN);
            } else if (result instanceof ChangeResult.Applied applied) {
                current = applied.workflow();
                changes.add(change);
                removed.add(id);
                runs = Math.max(runs, profile.runs());
                seconds += Figures.inSeconds(profile.duration().total());
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        String names = "'" + String.join("', '", removed) + "'";
        String first = removed.iterator().next();
        Evidence evidence = new Evidence(
                "no node and no output reads what " + names + " wrote in " + Figures.count(runs, "run") + ", in "
                        + Figures.seconds(seconds) + " altogether",
                runs,
                runs,
                runs,
                runs);
        suggestions.add(new Suggestion(
                name() + ":" + first,
                name(),
                "remove_node",
                List.copyOf(removed),
                "node:" + first,
                RiskLevel.LOW,
                Recommendation.AUTOMATIC,
                (removed.size() == 1 ? names + " has" : names + " have")
                        + " no effects, and nothing that reaches an output reads the results",
                List.of(evidence),
                changes,
                List.of(),
                Confidence.ofConfirmations(runs)));
    }
}
