package dev.fettle.strategies.basic.parallelization;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.Parallelize;
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
import dev.fettle.api.workflow.Chains;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs nodes at the same time that run one after another without needing each other's results.
 *
 * <pre>
 *                                                               ┌─▶ count ─┐
 *   read ──▶ count ──▶ style ──▶ todo ──▶ report  becomes  read ┼─▶ style ─┼──▶ report
 *                                                               └─▶ todo ──┘
 * </pre>
 *
 * What may run at once follows from declared state keys and effects, not from edges: a chain is cut at conditions,
 * people, effects whose order must be kept, unknown state, and second writers of a key; nodes that wait for all others
 * stay outside. Where members need each other there are two ways, of which one can be chosen: the whole piece as a
 * dataflow block, or only the groups within it that are independent.
 *
 * <p>Independent nodes without effects are of low risk. Blocks with dependencies inside, or with idempotent effects, are
 * of medium risk: they rest on the declared keys being complete.
 *
 * <p>Confidence: by the runs in which all members were seen ({@link Confidence#ofConfirmations}).
 */
@AutoService(OptimizationStrategy.class)
public final class ChainParallelization implements OptimizationStrategy {
    private static final Set<String> TYPES =
            Set.of(BottleneckTypes.HIDDEN_SEQUENTIAL_WORK, BottleneckTypes.SLOW_NODE, BottleneckTypes.DOMINANT_NODE);
    private static final String ORDERED =
            "all its neighbours need it or are needed by it, or its state or effects do not let it change its place";

    /**
     * @param minGain least part of the nodes' own time that must be saved, by their mean durations; in [0, 1)
     */
    public record Settings(double minGain) {
        public Settings {
            SettingCheck.share("minGain", minGain);
        }
    }

    @Override
    public String name() {
        return "parallelize";
    }

    @Override
    public String needs() {
        return "declared state and effects of a chain of nodes, and runs in which they were seen";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.05);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return TYPES.contains(bottleneck.type());
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Set<String> named = Named.nodes(context.bottlenecks());
        List<Suggestion> suggestions = new ArrayList<>();
        if (named.isEmpty()) {
            return suggestions;
        }
        Set<String> ordered = new LinkedHashSet<>(named);
        for (List<Node> chain : Chains.of(context.workflow())) {
            for (List<Node> piece : new Dependencies(chain).pieces()) {
                piece.forEach(node -> ordered.remove(node.id()));
                if (piece.stream().anyMatch(node -> named.contains(node.id()))) {
                    suggestFor(context, piece, suggestions);
                }
            }
        }
        ordered.forEach(id -> context.refusals().refused(id, ORDERED));
        return suggestions;
    }

    private void suggestFor(StrategyContext context, List<Node> piece, List<Suggestion> suggestions) {
        Dependencies inside = new Dependencies(piece);
        String decision = "parallel:" + piece.get(0).id();
        if (!inside.none()) {
            List<List<Node>> groups = inside.independentGroups();
            suggest(context, name() + "-groups:", decision, groups, suggestions);
        }
        suggest(context, name() + ":", decision, List.of(piece), suggestions);
    }

    private void suggest(
            StrategyContext context,
            String prefix,
            String decision,
            List<List<Node>> blocks,
            List<Suggestion> suggestions) {
        List<WorkflowChange> changes = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        Set<String> targets = new LinkedHashSet<>();
        boolean free = true;
        long runs = Long.MAX_VALUE;
        for (List<Node> block : blocks) {
            Evidence gain = gain(context, block);
            if (gain != null) {
                List<String> ids = block.stream().map(Node::id).toList();
                changes.add(new Parallelize("parallel_" + ids.get(0), ids, ErrorStrategy.FAIL_FAST));
                evidence.add(gain);
                targets.addAll(ids);
                runs = Math.min(runs, gain.runs());
                free &= new Dependencies(block).none()
                        && block.stream().allMatch(node -> context.workflow().effectsOf(node) == Effects.NONE);
            }
        }
        if (changes.isEmpty() || !context.applies(targets.iterator().next(), changes)) {
            return;
        }
        String names = String.join(", ", targets);
        suggestions.add(new Suggestion(
                prefix + targets.iterator().next(),
                name(),
                "create_parallel_group",
                List.copyOf(targets),
                decision,
                free ? RiskLevel.LOW : RiskLevel.MEDIUM,
                free ? Recommendation.AUTOMATIC : Recommendation.AB_TEST,
                free
                        ? names + " need nothing of each other and have no effects, and run one after another"
                        : names + " run one after another, though not each needs what all before it wrote",
                evidence,
                changes,
                List.of(),
                Confidence.ofConfirmations(runs)));
    }

    /** The time that the block would save by mean durations; null where too little was seen, or too little is saved. */
    private static @Nullable Evidence gain(StrategyContext context, List<Node> block) {
        long runs = Long.MAX_VALUE;
        double sequential = 0;
        for (Node node : block) {
            NodeProfile profile = context.profile().nodes().get(node.id());
            if (profile == null) {
                context.refusals().refused(node.id(), Refusals.NOT_SEEN);
                return null;
            }
            runs = Math.min(runs, profile.runs());
            sequential += Figures.inSeconds(profile.duration().mean());
        }
        double concurrent = new Dependencies(block).criticalPath(node -> mean(context, node));
        double minGain = context.settings(Settings.class).minGain();
        String candidate =
                block.get(0).id() + " to " + block.get(block.size() - 1).id();
        if (!context.holds(candidate, runs > 0, Refusals.NOT_SEEN)
                || !context.holds(
                        candidate,
                        sequential - concurrent > minGain * sequential,
                        "at the same time they take no less than " + (1 - minGain) + " of their time")) {
            return null;
        }
        String names = String.join(", ", block.stream().map(Node::id).toList());
        return new Evidence(
                names + " take " + Figures.seconds(sequential) + " one after another and "
                        + Figures.seconds(concurrent) + " on the longest path of their data flow, by mean durations of "
                        + Figures.count(runs, "run"),
                runs,
                runs,
                concurrent,
                concurrent);
    }

    private static double mean(StrategyContext context, Node node) {
        NodeProfile profile = context.profile().nodes().get(node.id());
        return profile == null ? 0 : Figures.inSeconds(profile.duration().mean());
    }
}
