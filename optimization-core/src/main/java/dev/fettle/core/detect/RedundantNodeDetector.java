package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.DataFlow;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        DataFlow flow = DataFlow.of(workflow);
        List<Bottleneck> found = new ArrayList<>();
        for (int later = 1; later < leaves.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                Node first = leaves.get(earlier);
                Node second = leaves.get(later);
                if (sameWork(first, second)) {
                    Optional<Bottleneck> bottleneck = flow.canPrecede(first.id(), second.id())
                            ? compare(context, flow, first, second)
                            : compare(context, flow, second, first);
                    if (bottleneck.isPresent()) {
                        found.add(bottleneck.get());
                        break;
                    }
                }
            }
        }
        return found;
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

    private static boolean sameWork(Node first, Node second) {
        return first.body().equals(second.body())
                && first.state().reads().equals(second.state().reads())
                && first.tools().equals(second.tools())
                && first.parameters().equals(second.parameters())
                && first.state().writes().size() == second.state().writes().size();
    }

    private static Optional<Bottleneck> compare(DetectionContext context, DataFlow flow, Node kept, Node duplicate) {
        NodeProfile profile = context.profile().nodes().get(duplicate.id());
        if (profile == null || !flow.canPrecede(kept.id(), duplicate.id()) || changesBetween(flow, kept, duplicate)) {
            return Optional.empty();
        }
        long compared = 0;
        for (ExecutionTrace trace : context.profile().sample()) {
            List<String> first = written(trace, kept);
            List<String> second = written(trace, duplicate);
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

    /** The hashes that the node's last occurrence in the run wrote, in order of its keys; empty where not recorded. */
    private static List<String> written(ExecutionTrace trace, Node node) {
        List<String> hashes = new ArrayList<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            if (occurrence.node().equals(node.id())) {
                hashes.clear();
                for (String key : node.state().writes()) {
                    String hash = occurrence.writeHashes().get(key);
                    if (hash != null) {
                        hashes.add(hash);
                    }
                }
            }
        }
        return hashes.size() == node.state().writes().size() ? hashes : List.of();
    }
}
