package dev.fettle.benchmarks.caching;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A run as one node that makes all its tool calls, since nodes that call one tool share its cache. */
final class FlatRun {
    private static final String NODE = "run";

    private FlatRun() {}

    static ExecutionTrace of(ExecutionTrace trace) {
        List<ToolCall> calls = new ArrayList<>();
        trace.occurrences().forEach(occurrence -> calls.addAll(occurrence.toolCalls()));
        calls.sort(Comparator.comparing(ToolCall::start));
        NodeOccurrence all = NodeOccurrence.builder(NODE, NODE)
                .duration(trace.wallClock())
                .toolCalls(calls)
                .build();
        return new ExecutionTrace(
                trace.id(),
                NODE,
                trace.startedAt(),
                trace.wallClock(),
                trace.status(),
                trace.complete(),
                null,
                Map.of(),
                List.of(all));
    }

    /** The calls of a flat run, by their start. */
    static List<ToolCall> calls(ExecutionTrace flat) {
        return flat.occurrences().get(0).toolCalls();
    }

    /** One node with all tools that flat runs call. */
    static Workflow workflow(List<ExecutionTrace> flat) {
        Set<String> names = new TreeSet<>();
        flat.forEach(run -> calls(run).forEach(call -> names.add(call.tool())));
        Map<String, String> tools = new LinkedHashMap<>();
        List<ToolSpec> specs = new ArrayList<>();
        for (String name : names) {
            tools.put(name, name);
            specs.add(new ToolSpec(name, Set.of(), null, ToolNames.effects(name), Map.of(), null, false));
        }
        Node node = Node.builder(NODE, new NodeBody.Function(NODE)).tools(tools).build();
        return new Workflow(NODE, NODE, Set.of(), Set.of(), List.of(node), List.of(), specs, true);
    }
}
