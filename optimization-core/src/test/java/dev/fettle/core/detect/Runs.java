package dev.fettle.core.detect;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.model.Catalogue;
import dev.fettle.core.profile.ProfileAccumulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds workflows and runs of them for detectors to look at. */
final class Runs {
    private final List<ExecutionTrace> traces = new ArrayList<>();

    static Workflow chain(Set<String> outputs, List<ToolSpec> tools, Node... nodes) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 1; i < nodes.length; i++) {
            edges.add(Edge.of(nodes[i - 1].id(), nodes[i].id()));
        }
        return new Workflow("test", nodes[0].id(), Set.of("in"), outputs, List.of(nodes), edges, tools, false);
    }

    static NodeOccurrence.Builder at(String node, double start, double seconds) {
        return NodeOccurrence.builder(node + "@" + start, node)
                .start(time(start))
                .duration(time(seconds));
    }

    static ToolCall call(String tool, @Nullable String arguments, @Nullable String result, double start) {
        return new ToolCall(tool, arguments, result, time(start), time(0.1), Status.OK, null, null, null, null);
    }

    private static Duration time(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    Runs run(NodeOccurrence... occurrences) {
        Duration end = List.of(occurrences).stream()
                .map(NodeOccurrence::end)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        traces.add(new ExecutionTrace(
                "run-" + traces.size(),
                "test",
                Instant.ofEpochSecond(60L * traces.size()),
                end,
                Status.OK,
                true,
                null,
                Map.of(),
                List.of(occurrences)));
        return this;
    }

    List<Bottleneck> detect(BottleneckDetector detector, Workflow workflow) {
        ProfileAccumulator accumulator = new ProfileAccumulator();
        traces.forEach(accumulator::add);
        Catalogue models = Catalogue.standard();
        return new DetectorSuite(List.of(detector), Map.of())
                .detect(workflow, accumulator.profile(models, workflow.tools()), models);
    }
}
