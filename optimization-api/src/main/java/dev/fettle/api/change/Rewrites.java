package dev.fettle.api.change;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Steps that several changes share. */
final class Rewrites {
    private Rewrites() {}

    /** The workflow if it is no worse formed than the one it came from, else a refusal with what would be wrong. */
    static ChangeResult checked(Workflow before, Workflow after) {
        Set<WorkflowCheck.Problem> known = new LinkedHashSet<>(WorkflowCheck.problems(before));
        for (WorkflowCheck.Problem problem : WorkflowCheck.problems(after)) {
            if (!known.contains(problem)) {
                return ChangeResult.refused(problem.message());
            }
        }
        return new ChangeResult.Applied(after);
    }

    static ChangeResult missing(String node) {
        return ChangeResult.refused("there is no node (" + node + ") in the workflow");
    }

    /** Replaces one node that must exist. */
    static ChangeResult mapNode(Workflow workflow, String node, UnaryOperator<Node> function) {
        if (workflow.node(node).isEmpty()) {
            return missing(node);
        }
        return checked(workflow, workflow.mapNode(node, function));
    }

    /**
     * Takes a node out and joins its neighbours: {@code a -> b -> c} without {@code b} is {@code a -> c}. A block that is
     * left with one member becomes that member. Null where the node is a condition or the only node.
     */
    static @Nullable Workflow without(Workflow workflow, String id) {
        Node parent = workflow.parent(id).orElse(null);
        if (parent != null && parent.body() instanceof NodeBody.Parallel parallel) {
            List<Node> rest = parallel.members().stream()
                    .filter(member -> !member.id().equals(id))
                    .toList();
            if (rest.isEmpty()) {
                return without(workflow, parent.id());
            }
            if (rest.size() == 1 && parallel.reducers().isEmpty()) {
                return replaceTopLevel(workflow, parent.id(), rest.get(0));
            }
            return workflow.mapNode(parent.id(), block -> block.toBuilder()
                    .body(new NodeBody.Parallel(rest, parallel.onError(), parallel.reducers()))
                    .build());
        }
        return withoutTopLevel(workflow, id);
    }

    private static @Nullable Workflow withoutTopLevel(Workflow workflow, String id) {
        Node node = workflow.node(id).orElseThrow();
        List<Edge> outgoing = workflow.outgoing(id).stream()
                .filter(edge -> !edge.to().equals(id))
                .toList();
        boolean end = outgoing.isEmpty() || outgoing.get(0).to().equals(Edge.END);
        if (node.kind() == NodeKind.CONDITION
                || outgoing.size() > 1
                || workflow.nodes().size() == 1
                || (end && workflow.entry().equals(id))) {
            return null;
        }
        String successor = end ? Edge.END : outgoing.get(0).to();
        Integer limit = end ? null : outgoing.get(0).maxTraversals();
        Set<Edge> edges = new LinkedHashSet<>();
        for (Edge edge : workflow.edges()) {
            if (edge.from().equals(id)) {
                continue;
            }
            edges.add(
                    edge.to().equals(id)
                            ? new Edge(edge.from(), successor, edge.when(), smaller(edge.maxTraversals(), limit))
                            : edge);
        }
        List<Node> nodes = workflow.nodes().stream()
                .filter(other -> !other.id().equals(id))
                .toList();
        Workflow bridged = workflow.withNodes(nodes).withEdges(List.copyOf(edges));
        return workflow.entry().equals(id) ? bridged.withEntry(successor) : bridged;
    }

    private static @Nullable Integer smaller(@Nullable Integer a, @Nullable Integer b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.min(a, b);
    }

    /** Puts another node in the place of a top-level node, edges and entry included. */
    static Workflow replaceTopLevel(Workflow workflow, String id, Node replacement) {
        List<Node> nodes = workflow.nodes().stream()
                .map(node -> node.id().equals(id) ? replacement : node)
                .toList();
        UnaryOperator<String> rename = name -> name.equals(id) ? replacement.id() : name;
        List<Edge> edges = workflow.edges().stream()
                .map(edge -> edge.from(rename.apply(edge.from())).to(rename.apply(edge.to())))
                .toList();
        return workflow.withNodes(nodes).withEdges(edges).withEntry(rename.apply(workflow.entry()));
    }

    /** Why these nodes are not one straight line of top-level nodes in this order; null where they are. */
    static @Nullable String notAChain(Workflow workflow, List<String> ids) {
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            if (workflow.nodes().stream().noneMatch(node -> node.id().equals(id))) {
                return "there is no top-level node (" + id + ") in the workflow";
            }
            if (i + 1 < ids.size()) {
                String next = ids.get(i + 1);
                List<Edge> outgoing = workflow.outgoing(id);
                List<Edge> incoming = workflow.incoming(next);
                boolean straight = outgoing.size() == 1
                        && outgoing.get(0).to().equals(next)
                        && outgoing.get(0).when() == null
                        && outgoing.get(0).maxTraversals() == null
                        && incoming.size() == 1
                        && !workflow.entry().equals(next);
                if (!straight) {
                    return "control does not always pass from (" + id + ") straight to (" + next + ")";
                }
            }
        }
        return null;
    }

    /** Replaces a chain of top-level nodes by one node. */
    static Workflow replaceChain(Workflow workflow, List<String> chain, Node replacement) {
        Set<String> inside = new LinkedHashSet<>(chain);
        String first = chain.get(0);
        String last = chain.get(chain.size() - 1);
        List<Node> nodes = new ArrayList<>();
        for (Node node : workflow.nodes()) {
            if (node.id().equals(first)) {
                nodes.add(replacement);
            } else if (!inside.contains(node.id())) {
                nodes.add(node);
            }
        }
        List<Edge> edges = new ArrayList<>();
        for (Edge edge : workflow.edges()) {
            boolean inner = inside.contains(edge.from())
                    && inside.contains(edge.to())
                    && !(edge.from().equals(last) && edge.to().equals(first));
            if (!inner) {
                Edge renamed = edge.from().equals(last) ? edge.from(replacement.id()) : edge;
                edges.add(renamed.to().equals(first) ? renamed.to(replacement.id()) : renamed);
            }
        }
        Workflow replaced = workflow.withNodes(nodes).withEdges(edges);
        return workflow.entry().equals(first) ? replaced.withEntry(replacement.id()) : replaced;
    }

    static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> copy = new LinkedHashMap<>(map);
        copy.put(key, Objects.requireNonNull(value));
        return copy;
    }
}
