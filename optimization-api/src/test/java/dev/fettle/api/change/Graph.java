package dev.fettle.api.change;

import dev.fettle.api.workflow.Comparison;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Workflows in a few words, for the tests of this module. */
final class Graph {
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<ToolSpec> tools = new ArrayList<>();
    private final Set<String> inputs = new LinkedHashSet<>();
    private final Set<String> outputs = new LinkedHashSet<>();

    static Graph inputs(String... keys) {
        Graph graph = new Graph();
        graph.inputs.addAll(List.of(keys));
        return graph;
    }

    Graph outputs(String... keys) {
        outputs.addAll(List.of(keys));
        return this;
    }

    /** A function without effects; reads and writes are keys separated by spaces. */
    static Node function(String id, String reads, String writes) {
        return Node.builder(id, new NodeBody.Function(id))
                .state(keys(reads), keys(writes))
                .effects(Effects.NONE)
                .build();
    }

    private static List<String> keys(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    Graph node(String id, String reads, String writes) {
        nodes.add(function(id, reads, writes));
        return this;
    }

    Graph node(Node node) {
        nodes.add(node);
        return this;
    }

    Graph condition(String id, String key) {
        nodes.add(Node.builder(id, new NodeBody.Condition(null, new Comparison(key, Comparison.Operator.PRESENT, null)))
                .state(List.of(key), List.of())
                .effects(Effects.NONE)
                .build());
        return this;
    }

    Graph block(String id, Map<String, NodeBody.Reducer> reducers, Node... members) {
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        for (Node member : members) {
            reads.addAll(member.state().reads());
            writes.addAll(member.state().writes());
        }
        nodes.add(Node.builder(id, new NodeBody.Parallel(List.of(members), NodeBody.ErrorStrategy.FAIL_FAST, reducers))
                .state(List.copyOf(reads), List.copyOf(writes))
                .effects(Effects.NONE)
                .build());
        return this;
    }

    Graph tool(String name, String capability, Effects effects, boolean batch) {
        tools.add(new ToolSpec(name, Set.of(capability), name, effects, Map.of(), null, batch));
        return this;
    }

    Graph path(String... ids) {
        for (int i = 1; i < ids.length; i++) {
            edges.add(Edge.of(ids[i - 1], ids[i]));
        }
        return this;
    }

    Graph edge(String from, String to, @Nullable String when, @Nullable Integer limit) {
        edges.add(new Edge(from, to, when, limit));
        return this;
    }

    /** Without edges the nodes form a chain. */
    Workflow build() {
        if (edges.isEmpty()) {
            path(nodes.stream().map(Node::id).toArray(String[]::new));
        }
        return new Workflow("graph", nodes.get(0).id(), inputs, outputs, nodes, edges, tools, false);
    }

    static Workflow applied(WorkflowChange change, Workflow workflow) {
        ChangeResult result = change.apply(workflow);
        if (result instanceof ChangeResult.Applied applied) {
            return applied.workflow();
        }
        throw new AssertionError("refused: " + result);
    }

    static String refused(WorkflowChange change, Workflow workflow) {
        ChangeResult result = change.apply(workflow);
        if (result instanceof ChangeResult.Refused refused) {
            return refused.reason();
        }
        throw new AssertionError("applied: " + result);
    }
}
