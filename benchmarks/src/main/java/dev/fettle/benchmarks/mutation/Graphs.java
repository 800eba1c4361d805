package dev.fettle.benchmarks.mutation;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rewrites of graphs that ask nothing: whether the result is right is for others to find. */
final class Graphs {
    private Graphs() {}

    static List<Node> leaves(Workflow workflow) {
        return workflow.allNodes().stream()
                .filter(node -> node.members().isEmpty())
                .toList();
    }

    static Workflow with(Workflow workflow, List<Node> nodes, List<Edge> edges, String entry) {
        return workflow.withNodes(nodes)
                .withEdges(List.copyOf(new LinkedHashSet<>(edges)))
                .withEntry(entry);
    }

    /** Without a node; its neighbours are joined. Of a condition the way on by this label is kept. Empty where it is alone. */
    static Optional<Workflow> without(Workflow workflow, String id, String label) {
        Optional<Node> parent = workflow.parent(id);
        if (parent.isPresent()) {
            List<Node> members = parent.get().members().stream()
                    .filter(member -> !member.id().equals(id))
                    .toList();
            return members.isEmpty()
                    ? Optional.empty()
                    : Optional.of(workflow.mapNode(parent.get().id(), block -> members(block, members)));
        }
        String next = workflow.outgoing(id).stream()
                .filter(edge -> edge.when() == null || edge.when().equals(label))
                .filter(edge -> !edge.to().equals(id))
                .map(Edge::to)
                .findFirst()
                .orElse(Edge.END);
        if (workflow.nodes().size() < 2 || (workflow.entry().equals(id) && next.equals(Edge.END))) {
            return Optional.empty();
        }
        List<Edge> edges = new ArrayList<>();
        for (Edge edge : workflow.edges()) {
            if (!edge.from().equals(id)) {
                edges.add(edge.to().equals(id) ? edge.to(next) : edge);
            }
        }
        List<Node> nodes =
                workflow.nodes().stream().filter(node -> !node.id().equals(id)).toList();
        return Optional.of(with(workflow, nodes, edges, workflow.entry().equals(id) ? next : workflow.entry()));
    }

    static Node members(Node block, List<Node> members) {
        NodeBody.Parallel body = (NodeBody.Parallel) block.body();
        return block.toBuilder()
                .body(new NodeBody.Parallel(members, body.onError(), body.reducers()))
                .build();
    }

    /** With another node right after one at the top level. */
    static Workflow after(Workflow workflow, String id, Node added) {
        List<Node> nodes = new ArrayList<>(workflow.nodes());
        nodes.add(added);
        List<Edge> edges = new ArrayList<>();
        workflow.edges().forEach(edge -> edges.add(edge.from().equals(id) ? edge.from(added.id()) : edge));
        edges.add(Edge.of(id, added.id()));
        return with(workflow, nodes, edges, workflow.entry());
    }

    /** Pairs of top-level nodes that are no conditions, of which the second always comes straight after the first. */
    static List<List<Node>> neighbours(Workflow workflow) {
        List<List<Node>> pairs = new ArrayList<>();
        for (Node first : workflow.nodes()) {
            List<Edge> out = workflow.outgoing(first.id());
            if (out.size() != 1 || out.get(0).maxTraversals() != null || first.kind() == NodeKind.CONDITION) {
                continue;
            }
            Node second = workflow.node(out.get(0).to()).orElse(null);
            boolean straight = second != null
                    && second.kind() != NodeKind.CONDITION
                    && workflow.incoming(second.id()).size() == 1
                    && !workflow.entry().equals(second.id());
            if (straight) {
                pairs.add(List.of(first, second));
            }
        }
        return pairs;
    }

    /** Neighbours in the other order. */
    static Workflow swapped(Workflow workflow, Node first, Node second) {
        List<Edge> edges = new ArrayList<>();
        for (Edge edge : workflow.edges()) {
            boolean between = edge.from().equals(first.id()) && edge.to().equals(second.id());
            if (between) {
                edges.add(Edge.of(second.id(), first.id()));
            } else if (edge.to().equals(first.id())) {
                edges.add(
                        edge.from().equals(second.id()) ? edge.from(first.id()).to(second.id()) : edge.to(second.id()));
            } else {
                edges.add(edge.from().equals(second.id()) ? edge.from(first.id()) : edge);
            }
        }
        String entry = workflow.entry().equals(first.id()) ? second.id() : workflow.entry();
        return with(workflow, workflow.nodes(), edges, entry);
    }

    /** Neighbours as members of a block in this order. */
    static Workflow block(Workflow workflow, List<Node> chain, List<Node> members, NodeBody.Parallel body) {
        Node first = chain.get(0);
        Node last = chain.get(chain.size() - 1);
        String id = "block_" + first.id() + "_" + last.id();
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        members.forEach(member -> reads.addAll(member.state().reads()));
        members.forEach(member -> writes.addAll(member.state().writes()));
        Node block = Node.builder(id, body)
                .state(List.copyOf(reads), List.copyOf(writes))
                .effects(first.effects().and(last.effects()))
                .build();
        List<Node> nodes = new ArrayList<>();
        for (Node node : workflow.nodes()) {
            if (node.equals(first)) {
                nodes.add(block);
            } else if (!chain.contains(node)) {
                nodes.add(node);
            }
        }
        List<Edge> edges = new ArrayList<>();
        for (Edge edge : workflow.edges()) {
            if (!(edge.from().equals(first.id()) && edge.to().equals(last.id()))) {
                Edge renamed = edge.from().equals(last.id()) ? edge.from(id) : edge;
                edges.add(renamed.to().equals(first.id()) ? renamed.to(id) : renamed);
            }
        }
        return with(workflow, nodes, edges, workflow.entry().equals(first.id()) ? id : workflow.entry());
    }
}
