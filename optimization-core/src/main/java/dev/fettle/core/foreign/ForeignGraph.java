package dev.fettle.core.foreign;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the nodes of one workflow and how control passes between them. */
final class ForeignGraph {
    /** How often a way back is taken where the definition does not say. */
    private static final int ROUNDS = 3;

    private final String name;
    private final Map<String, Object> definition;
    private final String source;
    private final Map<String, Map<String, Object>> fields = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<Edge>> outgoing = new HashMap<>();
    private final Set<String> members = new HashSet<>();
    private final List<String> notes = new ArrayList<>();

    ForeignGraph(String name, Map<String, Object> definition, String source) {
        this.name = name;
        this.definition = definition;
        this.source = source + ": " + name;
    }

    ForeignWorkflow read() {
        if (definition.get("nodes") instanceof List<?> list) {
            for (Object one : list) {
                Map<String, Object> node = Fields.map(one);
                String id = Fields.text(node, "id");
                if (id.isBlank() || fields.put(id, node) != null) {
                    throw bad("the node id (" + id + ") is empty or there twice; expected unique ids");
                }
            }
        }
        if (fields.isEmpty()) {
            throw bad("there are no nodes; expected a list under nodes");
        }
        fields.forEach((id, node) -> {
            if (ForeignNode.type(node).equals("parallel")) {
                members.addAll(Fields.texts(node, "parallel_nodes"));
            }
        });
        List<String> top =
                fields.keySet().stream().filter(id -> !members.contains(id)).toList();
        top.forEach(id -> nodes.put(id, node(id, new HashSet<>())));
        for (int i = 0; i < top.size(); i++) {
            String after = i + 1 < top.size() ? top.get(i + 1) : Edge.END;
            outgoing.put(top.get(i), edges(top.get(i), after));
        }
        limitLoops(top);
        return new ForeignWorkflow(name, workflow(top), definition, notes);
    }

    private Node node(String id, Set<String> inside) {
        Map<String, Object> node = fields.get(id);
        if (node == null || !inside.add(id)) {
            throw bad("a parallel node has the member (" + id + "), which is not a node, or holds itself");
        }
        if (!ForeignNode.type(node).equals("parallel")) {
            return ForeignNode.read(id, node, source);
        }
        List<Node> blocks = Fields.texts(node, "parallel_nodes").stream()
                .map(member -> node(member, inside))
                .toList();
        if (blocks.isEmpty()) {
            throw bad("the parallel node (" + id + ") has no parallel_nodes; expected at least one");
        }
        return Node.builder(id, new NodeBody.Parallel(blocks, NodeBody.ErrorStrategy.COLLECT, Map.of()))
                .build();
    }

    private List<Edge> edges(String id, String after) {
        Map<String, Object> node = fields.getOrDefault(id, Map.of());
        List<Edge> edges = new ArrayList<>();
        if (ForeignNode.type(node).equals("condition")) {
            Fields.map(node.get("branches"))
                    .forEach((label, target) -> edges.add(Edge.when(id, target(id, String.valueOf(target)), label)));
            if (edges.isEmpty()) {
                throw bad("the condition (" + id + ") has no branches; expected a target for each label");
            }
            return edges;
        }
        List<String> next = Fields.texts(node, "next");
        if (next.size() > 1) {
            throw bad("the node (" + id + ") passes control to " + next
                    + "; expected one node. Maybe use a parallel node");
        }
        String target = node.containsKey("next") && next.isEmpty()
                ? Edge.END
                : next.isEmpty() ? after : target(id, next.get(0));
        edges.add(Edge.of(id, target));
        return edges;
    }

    private String target(String from, String to) {
        if (to.equalsIgnoreCase("end") || to.equals("__end__")) {
            return Edge.END;
        }
        if (!nodes.containsKey(to)) {
            throw bad("the node (" + from + ") leads to (" + to + "), which is "
                    + (members.contains(to) ? "inside a parallel node" : "not there") + "; expected one of "
                    + nodes.keySet());
        }
        return to;
    }

    /** Every way back gets a limit, as depth-first search finds them. */
    private void limitLoops(List<String> top) {
        Object iterations = Fields.map(definition.get("execution")).get("max_iterations");
        int limit = iterations instanceof Number number ? Math.max(1, number.intValue()) : ROUNDS;
        visit(top.get(0), new HashSet<>(), new LinkedHashSet<>(), limit);
    }

    private void visit(String id, Set<String> done, Set<String> path, int limit) {
        path.add(id);
        List<Edge> limited = new ArrayList<>();
        for (Edge edge : outgoing.getOrDefault(id, List.of())) {
            if (path.contains(edge.to())) {
                limited.add(new Edge(edge.from(), edge.to(), edge.when(), limit));
            } else {
                limited.add(edge);
                if (!edge.to().equals(Edge.END) && !done.contains(edge.to())) {
                    visit(edge.to(), done, path, limit);
                }
            }
        }
        outgoing.put(id, limited);
        path.remove(id);
        done.add(id);
    }

    private Workflow workflow(List<String> top) {
        Set<String> reached = new LinkedHashSet<>(List.of(top.get(0)));
        List<String> open = new ArrayList<>(reached);
        while (!open.isEmpty()) {
            for (Edge edge : outgoing.getOrDefault(open.remove(open.size() - 1), List.of())) {
                if (!edge.to().equals(Edge.END) && reached.add(edge.to())) {
                    open.add(edge.to());
                }
            }
        }
        List<Node> kept = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        Set<String> tools = new LinkedHashSet<>();
        for (String id : top) {
            Node node = nodes.get(id);
            if (node != null && reached.contains(id)) {
                kept.add(node);
                edges.addAll(outgoing.getOrDefault(id, List.of()));
                tools(node, tools);
            } else {
                notes.add("no way leads to the node (" + id + "), so it is left out");
            }
        }
        if (kept.stream().anyMatch(node -> node.kind() == NodeKind.FUNCTION)) {
            notes.add("handlers and transforms are code of the other framework: the workflow can be analyzed, not run");
        }
        String id = name.replaceAll("[^\\p{L}\\p{N}_.-]+", "-");
        return new Workflow(
                id,
                top.get(0),
                Set.of(),
                Set.of(),
                kept,
                edges,
                tools.stream().map(ToolSpec::unknown).toList(),
                false);
    }

    private static void tools(Node node, Set<String> into) {
        into.addAll(node.answeringTools());
        node.members().forEach(member -> tools(member, into));
    }

    private FettleException bad(String problem) {
        return new FettleException(ErrorCode.BAD_INPUT, source + ": " + problem);
    }
}
