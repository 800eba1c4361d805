package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.DataFlow;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Work;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes without effects that do the same with the same state keys, where nothing writes these keys in between. Where
 * hashes of what they wrote are recorded, they must be equal in every run; a single difference silences the detector.
 *
 * <p>The node reported is the later one; related is the one that may stand for both. MEDIUM where recorded results agree
 * and it takes over a hundredth of the run, else LOW.
 */
@AutoService(BottleneckDetector.class)
public final class RedundantNodeDetector implements BottleneckDetector {
    private static final double MEDIUM_SHARE = 0.01;

    @Override
    public String name() {
        return BottleneckTypes.REDUNDANT_NODE;
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Workflow workflow = context.workflow();
        List<Node> leaves = workflow.allNodes().stream()
                .filter(node -> comparable(workflow, node))
                .toList();
        Map<Work, List<Node>> byWork = new HashMap<>();
        Set<String> alike = new HashSet<>();
        for (Node leaf : leaves) {
            List<Node> same = byWork.computeIfAbsent(Work.of(leaf), work -> new ArrayList<>());
            same.add(leaf);
            if (same.size() > 1) {
                same.forEach(node -> alike.add(node.id()));
            }
        }
        if (alike.isEmpty()) {
            return List.of();
        }
        DataFlow flow = DataFlow.of(workflow);
        List<Map<String, NodeOccurrence>> runs = lastOccurrences(context.profile(), alike);
        List<Bottleneck> found = new ArrayList<>();
        for (Node later : leaves) {
            for (Node earlier : byWork.getOrDefault(Work.of(later), List.of())) {
                if (earlier.id().equals(later.id())) {
                    break;
                }
                Optional<Bottleneck> bottleneck = flow.canPrecede(earlier.id(), later.id())
                        ? compare(context, flow, runs, earlier, later)
                        : compare(context, flow, runs, later, earlier);
                if (bottleneck.isPresent()) {
                    found.add(bottleneck.get());
                    break;
                }
            }
        }
        return found;
    }

    /** For each sampled run, the last occurrence of each of the nodes. */
    private static List<Map<String, NodeOccurrence>> lastOccurrences(PerformanceProfile profile, Set<String> nodes) {
        List<Map<String, NodeOccurrence>> runs = new ArrayList<>();
        for (ExecutionTrace trace : profile.sample()) {
            Map<String, NodeOccurrence> last = new HashMap<>();
            for (NodeOccurrence occurrence : trace.occurrences()) {
                if (nodes.contains(occurrence.node())) {
                    last.put(occurrence.node(), occurrence);
                }
            }
            runs.add(last);
        }
        return runs;
    }

    private static boolean comparable(Workflow workflow, Node node) {
        boolean known = node.body() instanceof NodeBody.Function function
                ? function.runner() != null
                : node.kind() != NodeKind.CONDITION && node.kind() != NodeKind.HUMAN;
        return known
                && node.members().isEmpty()
                && node.state().known()
                && !node.state().writes().isEmpty()
                && !workflow.effectsOf(node).mustKeep();
    }

    private static Optional<Bottleneck> compare(
            DetectionContext context,
            DataFlow flow,
            List<Map<String, NodeOccurrence>> runs,
            Node kept,
            Node duplicate) {
        NodeProfile profile = context.profile().nodes().get(duplicate.id());
        if (profile == null || !flow.canPrecede(kept.id(), duplicate.id()) || changesBetween(flow, kept, duplicate)) {
            return Optional.empty();
        }
        long compared = 0;
        for (Map<String, NodeOccurrence> run : runs) {
            List<String> first = written(run.get(kept.id()), kept);
            List<String> second = written(run.get(duplicate.id()), duplicate);
            if (!first.isEmpty() && !second.isEmpty()) {
                compared++;
                if (!first.equals(second)) {
                    return Optional.empty();
                }
            }
        }
        boolean agreed = compared > 0;
        Severity severity = agreed && profile.share() > MEDIUM_SHARE ? Severity.MEDIUM : Severity.LOW;
        String results = agreed
                ? "their results were equal in all " + Figures.count(compared, "compared run")
                : "their results are not recorded";
        return Optional.of(Found.of(BottleneckTypes.REDUNDANT_NODE, severity)
                .node(duplicate.id())
                .related(List.of(kept.id()))
                .metric("equalResults", Interval.of(Rate.of(compared, compared)).orExactly(1), 1)
                .because(
                        "'" + duplicate.id() + "' does what '" + kept.id() + "' does, on the same input ("
                                + String.join(", ", kept.state().reads()) + "); " + results + ", and it took "
                                + Figures.percent(profile.share()) + " of the wall clock",
                        agreed ? compared : profile.occurrences(),
                        profile.runs(),
                        "Let '" + kept.id() + "' do it once for both."));
    }

    /** Whether a node that may run between the two writes what they read. */
    private static boolean changesBetween(DataFlow flow, Node kept, Node duplicate) {
        for (String key : kept.state().reads()) {
            for (String writer : flow.writers(key)) {
                if (flow.canPrecede(kept.id(), writer) && flow.canPrecede(writer, duplicate.id())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The hashes that the occurrence wrote, in order of the node's keys; empty where not recorded. */
    private static List<String> written(@Nullable NodeOccurrence occurrence, Node node) {
        List<String> hashes = new ArrayList<>();
        if (occurrence != null) {
            for (String key : node.state().writes()) {
                String hash = occurrence.writeHashes().get(key);
                if (hash != null) {
                    hashes.add(hash);
                }
            }
        }
        return hashes.size() == node.state().writes().size() ? hashes : List.of();
    }
}
