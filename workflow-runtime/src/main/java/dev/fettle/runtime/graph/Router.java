package dev.fettle.runtime.graph;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.resume.Position.Traversal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the edge that a run takes, and counts how often. The edge of a condition is the one for its label, else the one
 * without a label. Where an edge may not be taken again, the other one is taken if the node has exactly one other, and that
 * one may still be taken; else the run fails.
 */
final class Router {
    private final Workflow workflow;
    private final Map<Edge, Integer> traversals = new HashMap<>();

    Router(Workflow workflow) {
        this.workflow = workflow;
    }

    /** Counts on from before a pause. */
    void resume(List<Traversal> earlier) {
        for (Edge edge : workflow.edges()) {
            for (Traversal one : earlier) {
                boolean same = edge.from().equals(one.from())
                        && edge.to().equals(one.to())
                        && Objects.equals(edge.when(), one.when());
                if (same) {
                    traversals.put(edge, one.count());
                }
            }
        }
    }

    /** How often edges were taken. */
    List<Traversal> traversals() {
        return workflow.edges().stream()
                .filter(traversals::containsKey)
                .map(edge -> new Traversal(edge.from(), edge.to(), edge.when(), traversals.getOrDefault(edge, 0)))
                .toList();
    }

    /**
     * The node that runs next, or {@link Edge#END}.
     *
     * @param label the label that a condition chose; null for other nodes
     */
    String next(String node, @Nullable String label) {
        List<Edge> edges = workflow.outgoing(node);
        if (edges.isEmpty()) {
            return Edge.END;
        }
        Edge chosen = label == null ? edges.get(0) : labelled(node, edges, label);
        if (!mayBeTaken(chosen)) {
            List<Edge> others = new ArrayList<>(edges);
            others.remove(chosen);
            if (others.size() != 1 || !mayBeTaken(others.get(0))) {
                throw new FettleException(
                        ErrorCode.LIMIT,
                        "the edge from (" + node + ") to (" + chosen.to() + ") was taken " + chosen.maxTraversals()
                                + " times, which is its maxTraversals, and no other edge can be taken instead. Maybe raise"
                                + " the limit, or give the node one other edge");
            }
            chosen = others.get(0);
        }
        traversals.merge(chosen, 1, Integer::sum);
        return chosen.to();
    }

    private boolean mayBeTaken(Edge edge) {
        return edge.maxTraversals() == null || traversals.getOrDefault(edge, 0) < edge.maxTraversals();
    }

    private static Edge labelled(String node, List<Edge> edges, String label) {
        return edges.stream()
                .filter(edge -> label.equals(edge.when()))
                .findFirst()
                .or(() -> edges.stream().filter(edge -> edge.when() == null).findFirst())
                .orElseThrow(() -> new FettleException(
                        ErrorCode.EXECUTION,
                        "the condition (" + node + ") chose (" + label + "), for which it has no edge; expected one of "
                                + edges.stream().map(Edge::when).toList()));
    }
}
