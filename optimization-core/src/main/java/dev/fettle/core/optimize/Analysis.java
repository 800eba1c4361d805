package dev.fettle.core.optimize;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What traces say about a workflow.
 *
 * @param workflow as defined, or as discovered from the traces
 * @param bottlenecks the gravest first
 */
public record Analysis(Workflow workflow, PerformanceProfile profile, List<Bottleneck> bottlenecks) {
    public Analysis {
        bottlenecks = List.copyOf(bottlenecks);
    }

    /** Nodes that the traces name and the workflow does not have, sorted: a sign of another workflow, or another version. */
    public List<String> unknownNodes() {
        Set<String> known = workflow.allNodes().stream().map(Node::id).collect(Collectors.toSet());
        return profile.nodes().keySet().stream()
                .filter(id -> !known.contains(id))
                .sorted()
                .toList();
    }
}
