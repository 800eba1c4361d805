package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.DataFlow;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A node whose results nobody needs: it has no effects, and no node that is needed itself reads a key that it writes, nor
 * is one an output of the workflow.
 *
 * <pre>
 *   lint ──▶ (style)      score ──▶ (rank) ──▶ sort ──▶ (sorted)      outputs: [review]
 *   nobody reads style; rank is read by sort alone, which nobody needs
 * </pre>
 *
 * Needs declared state keys of all nodes and declared outputs; else it says nothing. A node that a recorded run shows to
 * have been read anyway is not reported. Related are the unneeded nodes that read what it writes.
 *
 * <p>HIGH where it takes over a fifth of the run, MEDIUM over a hundredth, else LOW.
 */
@AutoService(BottleneckDetector.class)
public final class UnusedOutputDetector implements BottleneckDetector {
    private static final double HIGH_SHARE = 0.2;
    private static final double MEDIUM_SHARE = 0.01;

    @Override
    public String name() {
        return BottleneckTypes.UNUSED_OUTPUT;
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Workflow workflow = context.workflow();
        List<Node> leaves = workflow.allNodes().stream()
                .filter(node -> node.members().isEmpty())
                .toList();
        if (workflow.outputs().isEmpty()
                || leaves.stream().anyMatch(node -> !node.state().known())) {
            return List.of();
        }
        DataFlow flow = DataFlow.of(workflow);
        Set<String> needed = needed(workflow, leaves, flow);
        Set<String> read = keysReadBy(needed, context.profile());
        List<Bottleneck> found = new ArrayList<>();
        for (Node node : leaves) {
            NodeProfile profile = context.profile().nodes().get(node.id());
            if (!needed.contains(node.id())
                    && profile != null
                    && node.state().writes().stream().noneMatch(read::contains)) {
                found.add(bottleneck(node, profile, readers(node, flow)));
            }
        }
        return found;
    }

    /** The nodes that have effects or write an output, and those from which such nodes read, and so on. */
    private static Set<String> needed(Workflow workflow, List<Node> leaves, DataFlow flow) {
        Set<String> needed = new LinkedHashSet<>();
        for (Node node : leaves) {
            boolean result = node.state().writes().stream().anyMatch(workflow.outputs()::contains);
            boolean control = node.kind() == NodeKind.CONDITION || node.kind() == NodeKind.HUMAN;
            if (result || control || workflow.effectsOf(node) != Effects.NONE) {
                needed.add(node.id());
            }
        }
        Map<String, Node> byId = new HashMap<>();
        leaves.forEach(node -> byId.put(node.id(), node));
        Deque<String> open = new ArrayDeque<>(needed);
        while (!open.isEmpty()) {
            Node reader = Objects.requireNonNull(byId.get(open.remove()));
            for (String key : reader.state().reads()) {
                for (String writer : flow.writersBefore(reader.id(), key)) {
                    if (needed.add(writer)) {
                        open.add(writer);
                    }
                }
            }
        }
        return needed;
    }

    private static Set<String> readers(Node node, DataFlow flow) {
        Set<String> readers = new LinkedHashSet<>();
        node.state().writes().forEach(key -> readers.addAll(flow.readersAfter(node.id(), key)));
        readers.remove(node.id());
        return readers;
    }

    private static Set<String> keysReadBy(Set<String> needed, PerformanceProfile profile) {
        Set<String> keys = new HashSet<>();
        for (ExecutionTrace trace : profile.sample()) {
            for (NodeOccurrence occurrence : trace.occurrences()) {
                if (needed.contains(occurrence.node())) {
                    keys.addAll(occurrence.readHashes().keySet());
                }
            }
        }
        return keys;
    }

    private static Bottleneck bottleneck(Node node, NodeProfile profile, Set<String> readers) {
        Severity severity = profile.share() > HIGH_SHARE
                ? Severity.HIGH
                : profile.share() > MEDIUM_SHARE ? Severity.MEDIUM : Severity.LOW;
        String who = readers.isEmpty() ? "no node reads" : "only " + readers + ", which nobody needs either, read";
        return Found.of(BottleneckTypes.UNUSED_OUTPUT, severity)
                .node(node.id())
                .related(List.copyOf(readers))
                .metric("neededReaders", Interval.exactly(0, profile.runs()), 1)
                .because(
                        "'" + node.id() + "' has no effects and " + who + " what it writes ("
                                + String.join(", ", node.state().writes()) + "), which is no output; it took "
                                + Figures.percent(profile.share()) + " of the wall clock in "
                                + Figures.count(profile.runs(), "run"),
                        profile.occurrences(),
                        profile.runs(),
                        "Take it out.");
    }
}
