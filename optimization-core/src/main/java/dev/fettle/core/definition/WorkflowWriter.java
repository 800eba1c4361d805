package dev.fettle.core.definition;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes a workflow in the form that {@link WorkflowReader} reads. */
public final class WorkflowWriter {
    private WorkflowWriter() {}

    /** As YAML. */
    public static String toYaml(Workflow workflow) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setWidth(110)
                .setMultiLineFlow(false)
                .setDereferenceAliases(true)
                .build();
        return new Dump(settings).dumpToString(toTree(workflow));
    }

    /** As maps, lists and scalars, in the order in which people write them. */
    public static Map<String, Object> toTree(Workflow workflow) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", WorkflowReader.VERSION);
        tree.put("id", workflow.id());
        tree.put("entry", workflow.entry());
        putIfAny(tree, "inputs", List.copyOf(workflow.inputs()));
        putIfAny(tree, "outputs", List.copyOf(workflow.outputs()));
        if (workflow.discovered()) {
            tree.put("discovered", true);
        }
        putIfAny(
                tree,
                "tools",
                workflow.tools().stream().map(WorkflowWriter::tool).toList());
        tree.put("nodes", workflow.nodes().stream().map(NodeWriter::node).toList());
        List<Object> edges = new ArrayList<>();
        workflow.edges().forEach(edge -> edges.add(edge(edge)));
        tree.put("edges", edges);
        return tree;
    }

    private static Map<String, Object> tool(ToolSpec tool) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", tool.name());
        put(tree, "description", tool.description().isEmpty() ? null : tool.description());
        put(tree, "runner", tool.runner());
        putIfAny(tree, "capabilities", List.copyOf(tool.capabilities()));
        put(tree, "effects", NodeWriter.effects(tool.effects()));
        putIfAny(tree, "arguments", tool.arguments());
        put(tree, "usdPerCall", tool.usdPerCall() == null ? null : number(tool.usdPerCall()));
        if (tool.batch()) {
            tree.put("batch", true);
        }
        putIfAny(tree, "settings", tool.settings());
        return tree;
    }

    /** As a type that YAML writes without a tag. */
    private static Number number(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0 ? (Number) value.longValue() : (Number) value.doubleValue();
    }

    private static Map<String, Object> edge(Edge edge) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("from", edge.from());
        tree.put("to", edge.to());
        put(tree, "when", edge.when());
        put(tree, "maxTraversals", edge.maxTraversals());
        return tree;
    }

    static void put(Map<String, Object> tree, String key, @Nullable Object value) {
        if (value != null) {
            tree.put(key, value);
        }
    }

    static void putIfAny(Map<String, Object> tree, String key, List<?> values) {
        if (!values.isEmpty()) {
            tree.put(key, values);
        }
    }

    static void putIfAny(Map<String, Object> tree, String key, Map<String, ?> values) {
        if (!values.isEmpty()) {
            tree.put(key, values);
        }
    }
}
