package dev.fettle.core.optimize;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.estimate.Interference;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What traces say about a workflow.
 *
 * @param workflow as defined, or as discovered from the traces
 * @param bottlenecks the gravest first
 * @param interference how much processors slow each other, with which estimates reckon
 */
public record Analysis(
        Workflow workflow, PerformanceProfile profile, List<Bottleneck> bottlenecks, Interference interference) {
    public Analysis {
        bottlenecks = List.copyOf(bottlenecks);
    }

    /** The same, with processors that slow each other as in these runs of the workflow. */
    public Analysis measuredIn(Runs runs) {
        return new Analysis(workflow, profile, bottlenecks, runs.interference());
    }

    /**
     * Nodes that the traces name and the workflow does not have, sorted: a sign of another workflow, or another version. The
     * members of a team, which are recorded behind its name, are no nodes.
     */
    public List<String> unknownNodes() {
        Map<String, NodeKind> known = workflow.allNodes().stream().collect(Collectors.toMap(Node::id, Node::kind));
        return profile.nodes().keySet().stream()
                .filter(id -> !known.containsKey(id))
                .filter(id -> known.get(id.substring(0, Math.max(0, id.lastIndexOf('/')))) != NodeKind.TEAM)
                .sorted()
                .toList();
    }
}
