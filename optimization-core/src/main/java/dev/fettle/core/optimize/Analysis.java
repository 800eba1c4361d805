package dev.fettle.core.optimize;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What traces say about a workflow.
 *
 * @param workflow as defined, or as discovered from the traces
 * @param bottlenecks the gravest first
 * @param processors that two runs at once were measured to get, with which estimates reckon; empty to reckon with those that
 *     are configured
 */
public record Analysis(
        Workflow workflow, PerformanceProfile profile, List<Bottleneck> bottlenecks, OptionalDouble processors) {
    public Analysis {
        bottlenecks = List.copyOf(bottlenecks);
    }

    /** The same, with the processors that these runs of the workflow were measured to get. */
    public Analysis measuredIn(Runs runs) {
        return new Analysis(workflow, profile, bottlenecks, runs.processors());
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
