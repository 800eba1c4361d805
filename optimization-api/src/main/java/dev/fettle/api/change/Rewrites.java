package dev.fettle.api.change;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Steps that several changes share. */
final class Rewrites {
    private Rewrites() {}

    /** The workflow if it is no worse formed than the one it came from, else a refusal with what would be wrong. */
    static ChangeResult checked(Workflow before, Workflow after) {
        return checked(before, after, WorkflowCheck::problems);
    }

    /**
     * The same, where all that can be worse formed is one node, and speculations of others: the change keeps the order of
     * nodes, who can be reached and what is written before it is read.
     */
    static ChangeResult checkedAround(Workflow before, Workflow after, String node) {
        return checked(before, after, some -> WorkflowCheck.problemsAround(some, node));
    }

    private static ChangeResult checked(
            Workflow before, Workflow after, Function<Workflow, List<WorkflowCheck.Problem>> check) {
        List<WorkflowCheck.Problem> problems = check.apply(after);
        if (problems.isEmpty()) {
            return new ChangeResult.Applied(after);
        }
        Set<WorkflowCheck.Problem> known = new LinkedHashSet<>(check.apply(before));
        for (WorkflowCheck.Problem problem : problems) {
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
        Node before = workflow.node(node).orElse(null);
        return before == null ? missing(node) : replaced(workflow, before, function.apply(before));
    }

    /** Replaces one node of the workflow. */
    static ChangeResult replaced(Workflow workflow, Node before, Node after) {
        Workflow changed = workflow.mapNode(before.id(), same -> after);
        return samePlace(before, after) ? checkedAround(workflow, changed, before.id()) : checked(workflow, changed);
    }

    /** Whether only the work of a node differs, for which no graph is worse formed. */
    private static boolean samePlace(Node before, Node after) {
        return before.id().equals(after.id())
                && before.kind() == after.kind()
                && before.members().equals(after.members())
                && before.state().equals(after.state());
    }

    /** The node, or the leaves inside it. */
    static List<Node> leaves(Node node) {
        if (node.members().isEmpty()) {
            return List.of(node);
        }
        return node.members().stream()
                .flatMap(member -> leaves(member).stream())
                .toList();
    }

    /** The block with other members, and with what they read, write and do. */
    static Node withMembers(Node block, NodeBody.Parallel parallel, List<Node> members) {
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        for (Node member : members) {
            reads.addAll(member.state().reads());
            writes.addAll(member.state().writes());
        }
        return block.toBuilder()
                .body(new NodeBody.Parallel(members, parallel.onError(), parallel.reducers()))
                .state(block.state().known() ? StateAccess.of(reads, writes) : block.state())
                .build();
    }

    /** The workflow in which every block states what its members read and write. */
    static Workflow withBlockStates(Workflow workflow) {
        return workflow.withNodes(
                workflow.nodes().stream().map(Rewrites::withBlockStates).toList());
    }

    private static Node withBlockStates(Node node) {
        return node.body() instanceof NodeBody.Parallel parallel
                ? withMembers(
                        node,
                        parallel,
                        parallel.members().stream()
                                .map(Rewrites::withBlockStates)
                                .toList())
                : node;
    }

    /**
     * Takes a node out and joins its neighbours: {@code a -> b -> c} without {@code b} is {@code a -> c}. A block that is
     * left with one member becomes that member, unless it has policies or reducers of its own. Null where the graph
     * depends on the node: it is a condition, the only node, or its way on is limited and cannot be handed to others.
     */
    static @Nullable Workflow without(Workflow workflow, String id) {
        Node parent = workflow.parent(id).orElse(null);
        if (parent == null || !(parent.body() instanceof NodeBody.Parallel parallel)) {
            return withoutTopLevel(workflow, id);
        }
        List<Node> rest = parallel.members().stream()
                .filter(member -> !member.id().equals(id))
                .toList();
        if (rest.isEmpty()) {
            return without(workflow, parent.id());
        }
        boolean plain = parallel.reducers().isEmpty() && parent.policies().equals(Policies.NONE);
        Workflow smaller = rest.size() == 1 && plain
                ? replace(workflow, parent.id(), rest.get(0))
                : workflow.mapNode(parent.id(), block -> withMembers(block, parallel, rest));
        return withBlockStates(smaller);
    }

    private static @Nullable Workflow withoutTopLevel(Workflow workflow, String id) {
        List<Node> nodes = new ArrayList<>(workflow.nodes());
        int place = 0;
        while (!nodes.get(place).id().equals(id)) {
            place++;
        }
        Node node = nodes.remove(place);
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
        Integer limit = outgoing.isEmpty() ? null : outgoing.get(0).maxTraversals();
        if (limit != null && !canHandOverLimit(workflow, id)) {
            return null;
        }
        List<Edge> edges = new ArrayList<>(workflow.edges().size());
        for (Edge edge : workflow.edges()) {
            if (edge.from().equals(id)) {
                continue;
            }
            boolean leadsHere = edge.to().equals(id);
            Edge bridge = leadsHere
                    ? new Edge(edge.from(), successor, edge.when(), limit == null ? edge.maxTraversals() : limit)
                    : edge;
            if (!leadsHere || !workflow.outgoing(edge.from()).contains(bridge)) {
                edges.add(bridge);
            }
        }
        Workflow bridged = workflow.withNodes(nodes).withEdges(edges);
        return workflow.entry().equals(id) ? bridged.withEntry(successor) : bridged;
    }

    /**
     * Whether a limit on the node's way on means the same on its way in: only where there is one way in, without a choice
     * and a limit of its own. With several, each would get the whole limit; at a condition, the rest of the run would
     * take another edge where it ended before.
     */
    private static boolean canHandOverLimit(Workflow workflow, String id) {
        List<Edge> incoming = workflow.incoming(id);
        if (workflow.entry().equals(id) || incoming.size() != 1) {
            return false;
        }
        Edge edge = incoming.get(0);
        return edge.maxTraversals() == null
                && workflow.node(edge.from())
                        .map(from -> from.kind() != NodeKind.CONDITION)
                        .orElse(false);
    }

    /** Puts another node in the place of a node: inside its block, or at the top level with edges and entry. */
    private static Workflow replace(Workflow workflow, String id, Node replacement) {
        if (workflow.parent(id).isPresent()) {
            return workflow.mapNode(id, node -> replacement);
        }
        Workflow replaced = workflow.mapNode(id, node -> replacement);
        UnaryOperator<String> rename = name -> name.equals(id) ? replacement.id() : name;
        List<Edge> edges = workflow.edges().stream()
                .map(edge -> edge.from(rename.apply(edge.from())).to(rename.apply(edge.to())))
                .toList();
        return replaced.withEdges(edges).withEntry(rename.apply(workflow.entry()));
    }

    /** Why these top-level nodes are not one straight line in this order; null where they are. */
    static @Nullable String notAChain(Workflow workflow, List<String> ids) {
        Map<String, List<Edge>> leaving = new HashMap<>();
        Map<String, List<Edge>> arriving = new HashMap<>();
        for (String id : ids) {
            leaving.put(id, new ArrayList<>());
            arriving.put(id, new ArrayList<>());
        }
        for (Edge edge : workflow.edges()) {
            List<Edge> from = leaving.get(edge.from());
            List<Edge> to = arriving.get(edge.to());
            if (from != null) {
                from.add(edge);
            }
            if (to != null) {
                to.add(edge);
            }
        }
        for (int i = 0; i + 1 < ids.size(); i++) {
            String id = ids.get(i);
            String next = ids.get(i + 1);
            List<Edge> outgoing = leaving.getOrDefault(id, List.of());
            List<Edge> incoming = arriving.getOrDefault(next, List.of());
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
        return null;
    }

    /** Replaces a chain of top-level nodes by one node. */
    static Workflow replaceChain(Workflow workflow, List<String> chain, Node replacement) {
        Set<String> inside = new LinkedHashSet<>(chain);
        String first = chain.get(0);
        String last = chain.get(chain.size() - 1);
        List<Node> nodes = new ArrayList<>(workflow.nodes().size());
        for (Node node : workflow.nodes()) {
            if (!inside.contains(node.id())) {
                nodes.add(node);
            } else if (node.id().equals(first)) {
                nodes.add(replacement);
            }
        }
        List<Edge> edges = new ArrayList<>(workflow.edges().size());
        for (Edge edge : workflow.edges()) {
            boolean within = inside.contains(edge.from());
            boolean leaves = within && edge.from().equals(last);
            boolean arrives = edge.to().equals(first);
            if (leaves || !within) {
                Edge renamed = leaves ? edge.from(replacement.id()) : edge;
                edges.add(arrives ? renamed.to(replacement.id()) : renamed);
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
