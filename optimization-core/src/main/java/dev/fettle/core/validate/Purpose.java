package dev.fettle.core.validate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node is for, whatever it and its tools are called: tools with the same capabilities can stand in for each other. That
 * is less than doing the same, which {@link dev.fettle.core.prove.ResolvedWork} tells.
 */
record Purpose(Object body, Map<String, String> tools, Map<String, Object> parameters) {
    static Purpose of(Workflow workflow, Node node) {
        Map<String, String> tools = new TreeMap<>();
        node.tools().forEach((name, tool) -> tools.put(name, of(workflow, tool)));
        Object body = node.body() instanceof NodeBody.Tool call
                ? List.of(
                        of(workflow, node.tools().getOrDefault(call.tool(), call.tool())),
                        new TreeMap<>(call.arguments()))
                : node.body();
        return new Purpose(body, tools, new TreeMap<>(node.parameters()));
    }

    private static String of(Workflow workflow, String tool) {
        return workflow.tool(tool).map(Purpose::of).orElse(tool);
    }

    static String of(ToolSpec tool) {
        return tool.capabilities().isEmpty() ? tool.name() : String.join(", ", new TreeSet<>(tool.capabilities()));
    }

    /** Whether two nodes are for the same, and read the same keys for it. */
    static boolean isShared(Workflow one, Node first, Workflow other, Node second) {
        return of(one, first).equals(of(other, second))
                && first.state().reads().equals(second.state().reads());
    }
}
