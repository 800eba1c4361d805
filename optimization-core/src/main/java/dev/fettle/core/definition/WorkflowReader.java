package dev.fettle.core.definition;

import dev.fettle.api.workflow.Comparison;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a workflow definition (version 1) in YAML or JSON. */
public final class WorkflowReader {
    static final int VERSION = 1;

    private final Problems problems;
    private final Map<String, Place> places = new LinkedHashMap<>();

    private WorkflowReader(String source) {
        this.problems = new Problems(source);
    }

    /**
     * Reads a file.
     *
     * @throws dev.fettle.api.FettleException with all problems, each with line and column
     */
    public static Workflow read(Path file) {
        return read(YamlText.read(file), file.toString());
    }

    /**
     * Reads a text.
     *
     * @param source a name for messages
     * @throws dev.fettle.api.FettleException with all problems, each with line and column
     */
    public static Workflow read(String text, String source) {
        WorkflowReader reader = new WorkflowReader(source);
        YamlValue value = YamlParser.parse(text, reader.problems);
        Fields fields = value == null ? null : Fields.of(value, "the definition", reader.problems);
        Workflow workflow = fields == null ? null : reader.workflow(fields);
        if (workflow != null && reader.problems.isEmpty()) {
            for (WorkflowCheck.Problem problem : WorkflowCheck.problems(workflow)) {
                reader.problems.add(
                        reader.places.getOrDefault(
                                problem.node(), Objects.requireNonNull(fields).place()),
                        problem.message());
            }
        }
        if (workflow == null || !reader.problems.isEmpty()) {
            throw reader.problems.toException();
        }
        return workflow;
    }

    private Workflow workflow(Fields fields) {
        Long version = fields.integer("version", VERSION, VERSION);
        if (version == null && fields.get("version") == null) {
            problems.add(fields.place(), "the key (version) is missing; expected version: " + VERSION);
        }
        String id = fields.required("id");
        if (!id.isEmpty() && !WorkflowCheck.isValidId(id)) {
            problems.add(
                    fields.place("id"),
                    "the id (" + id + ") is not usable; expected letters, digits and _ . - without '..'");
        }
        NodeReader nodeReader = new NodeReader(problems, places);
        List<ToolSpec> tools = fields.list("tools", this::tool);
        List<Node> nodes = fields.list("nodes", nodeReader::node);
        List<Edge> edges = fields.get("edges") == null ? chain(nodes) : fields.list("edges", this::edge);
        if (nodes.isEmpty() && problems.isEmpty()) {
            problems.add(fields.place(), "there are no nodes; expected at least one under (nodes)");
        }
        Workflow workflow = new Workflow(
                id,
                fields.text("entry", nodes.isEmpty() ? "" : nodes.get(0).id()),
                new LinkedHashSet<>(fields.texts("inputs")),
                new LinkedHashSet<>(fields.texts("outputs")),
                nodes,
                edges,
                tools,
                fields.flag("discovered"));
        fields.text("description");
        fields.rejectUnknown();
        return workflow;
    }

    private static List<Edge> chain(List<Node> nodes) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i + 1 < nodes.size(); i++) {
            edges.add(Edge.of(nodes.get(i).id(), nodes.get(i + 1).id()));
        }
        return edges;
    }

    private @Nullable Edge edge(Fields fields) {
        Long limit = fields.integer("maxTraversals", 1, Integer.MAX_VALUE);
        Edge edge = new Edge(
                fields.required("from"),
                fields.required("to"),
                fields.text("when"),
                limit == null ? null : limit.intValue());
        fields.rejectUnknown();
        return edge;
    }

    private ToolSpec tool(Fields fields) {
        Effects effects = fields.word("effects", Effects.class);
        ToolSpec tool = new ToolSpec(
                fields.required("name"),
                fields.text("description", ""),
                new LinkedHashSet<>(fields.texts("capabilities")),
                fields.text("runner"),
                effects == null ? Effects.UNKNOWN : effects,
                fields.values("arguments"),
                fields.money("usdPerCall"),
                fields.flag("batch"),
                fields.values("settings"));
        fields.rejectUnknown();
        return tool;
    }

    static @Nullable Comparison comparison(Fields fields, Problems problems) {
        Comparison.Operator operator = fields.word("operator", Comparison.Operator.class);
        if (operator == null && fields.get("operator") == null) {
            problems.add(fields.place(), "the key (operator) is missing");
        }
        String key = fields.required("key");
        YamlValue value = fields.get("value");
        fields.rejectUnknown();
        return operator == null ? null : new Comparison(key, operator, value == null ? null : value.plain());
    }
}
