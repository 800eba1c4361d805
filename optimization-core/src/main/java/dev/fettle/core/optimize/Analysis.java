package dev.fettle.core.optimize;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.workflow.Workflow;
import java.util.List;

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
}
