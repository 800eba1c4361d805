package dev.fettle.runtime.langgraph4j;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.NodeBody.Reducer;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.internal.edge.EdgeValue;
import org.bsc.langgraph4j.state.AgentState;

/** From the nodes and edges of a graph to a workflow. */
final class GraphStructure<S extends AgentState> {
    /** LangGraph4j limits all steps of a run to this; here each edge that closes a loop is limited. */
    private static final int LOOP_LIMIT = 25;

    private final String id;
    private final Declarations declarations;
    private final Map<String, org.bsc.langgraph4j.internal.edge.Edge<S>> edgesBySource = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Set<String> members = new HashSet<>();

    GraphStructure(
            String id,
            Set<String> names,
            List<org.bsc.langgraph4j.internal.edge.Edge<S>> graphEdges,
            Declarations declarations) {
        this.id = id;
        this.declarations = declarations;
        graphEdges.forEach(edge -> edgesBySource.put(edge.sourceId(), edge));
        names.forEach(name -> nodes.put(name, node(name, new NodeBody.Function(name))));
    }

    private Node node(String name, NodeBody body) {
        Declarations.Declared declared = declarations.of(name);
        return Node.builder(name, body)
                .state(declared.access())
                .effects(declared.effects())
                .build();
    }

    Workflow workflow() {
        String entry = entry();
        for (var edge : edgesBySource.values()) {
            if (!edge.sourceId().equals(StateGraph.START) && !edge.isParallel()) {
                single(edge.sourceId(), edge.target());
            } else if (edge.isParallel()) {
                block(edge);
            }
        }
        members.forEach(nodes::remove);
        edges.removeIf(edge -> members.contains(edge.from()) && !nodes.containsKey(edge.from()));
        List<Edge> limited = limited(entry);
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        List<Node> all = List.copyOf(nodes.values());
        Workflow bare = new Workflow(id, entry, Set.of(), Set.of(), all, limited, List.of(), false);
        for (Node node : bare.allNodes()) {
            reads.addAll(node.state().reads());
            writes.addAll(node.state().writes());
        }
        // What is read and never written must be there at the start; what is written may be what the caller wants.
        Set<String> inputs = new LinkedHashSet<>(reads);
        inputs.removeAll(writes);
        List<String> outputs = declarations.outputs();
        return new Workflow(
                id,
                entry,
                inputs,
                outputs == null ? writes : new LinkedHashSet<>(outputs),
                all,
                limited,
                List.of(),
                false);
    }

    private String entry() {
        var start = edgesBySource.get(StateGraph.START);
        if (start == null || start.isParallel() || start.target().id() == null) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the graph (" + id + ") does not start with one node; expected one edge from START to a node");
        }
        return Objects.requireNonNull(start.target().id());
    }

    private void single(String source, EdgeValue<S> target) {
        if (target.value() == null) {
            edges.add(Edge.of(source, end(Objects.requireNonNull(target.id()))));
            return;
        }
        String condition = source + ImportedGraph.CONDITION;
        nodes.put(condition, node(condition, new NodeBody.Condition(condition, null)));
        edges.add(Edge.of(source, condition));
        target.value().mappings().forEach((label, to) -> edges.add(Edge.when(condition, end(to), label)));
    }

    private static String end(String target) {
        return target.equals(StateGraph.END) ? Edge.END : target;
    }

    /** LangGraph4j joins the targets of parallel edges at one node, where each of them leads. */
    private void block(org.bsc.langgraph4j.internal.edge.Edge<S> edge) {
        List<Node> inside = new ArrayList<>();
        Set<String> joins = new LinkedHashSet<>();
        for (EdgeValue<S> target : edge.targets()) {
            var next = target.id() == null ? null : edgesBySource.get(target.id());
            if (next == null || next.isParallel() || next.target().id() == null) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        "the parallel edges of (" + edge.sourceId() + ") lead to (" + target.id()
                                + "), which does not lead to one node; expected nodes that all lead to the same one");
            }
            joins.add(Objects.requireNonNull(next.target().id()));
            members.add(target.id());
            inside.add(Objects.requireNonNull(nodes.get(target.id())));
        }
        if (joins.size() != 1) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the parallel edges of (" + edge.sourceId() + ") are joined at " + joins + "; expected one node");
        }
        String block = edge.sourceId() + ImportedGraph.BLOCK;
        Effects effects = inside.stream().map(Node::effects).reduce(Effects.NONE, Effects::and);
        nodes.put(
                block,
                Node.builder(block, new NodeBody.Parallel(inside, ErrorStrategy.FAIL_FAST, reducers(inside)))
                        .state(access(inside))
                        .effects(effects)
                        .build());
        edges.add(Edge.of(edge.sourceId(), block));
        edges.add(Edge.of(block, end(joins.iterator().next())));
    }

    private static StateAccess access(List<Node> inside) {
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        for (Node node : inside) {
            if (!node.state().known()) {
                return StateAccess.UNKNOWN;
            }
            reads.addAll(node.state().reads());
            writes.addAll(node.state().writes());
        }
        return StateAccess.of(reads, writes);
    }

    /** Members that write one key have a channel for it, which puts their writes together one after the other. */
    private static Map<String, Reducer> reducers(List<Node> inside) {
        Set<String> once = new HashSet<>();
        Map<String, Reducer> reducers = new LinkedHashMap<>();
        for (Node node : inside) {
            node.state().writes().stream()
                    .filter(key -> !once.add(key))
                    .forEach(key -> reducers.put(key, Reducer.LAST));
        }
        return reducers;
    }

    /** Gives the edges that close loops a limit: those that lead back to a node on the way to them. */
    private List<Edge> limited(String entry) {
        Set<Edge> closing = new HashSet<>();
        visit(entry, new LinkedHashSet<>(), new HashSet<>(), closing);
        return edges.stream()
                .map(edge -> closing.contains(edge) ? new Edge(edge.from(), edge.to(), edge.when(), LOOP_LIMIT) : edge)
                .toList();
    }

    private void visit(String node, Set<String> way, Set<String> done, Set<Edge> closing) {
        way.add(node);
        for (Edge edge : edges) {
            if (edge.from().equals(node) && !edge.to().equals(Edge.END)) {
                if (way.contains(edge.to())) {
                    closing.add(edge);
                } else if (!done.contains(edge.to())) {
                    visit(edge.to(), way, done, closing);
                }
            }
        }
        way.remove(node);
        done.add(node);
    }
}
