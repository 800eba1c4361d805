package dev.fettle.api.workflow;

import dev.fettle.api.Evolving;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The longest stretches of a workflow in which control passes straight from node to node and every node may run beside
 * the others: its state keys are known, it has no effects whose order must be kept, and no other node of the stretch
 * writes a key that it writes. Conditions, people and effects end a stretch, and so does a loop's way back.
 */
@Evolving
public final class Chains {
    private final Workflow workflow;
    private final Map<String, List<Edge>> outgoing = new HashMap<>();
    private final Map<String, List<Edge>> incoming = new HashMap<>();

    private Chains(Workflow workflow) {
        this.workflow = workflow;
        for (Edge edge : workflow.edges()) {
            outgoing.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(edge);
            incoming.computeIfAbsent(edge.to(), id -> new ArrayList<>()).add(edge);
        }
    }

    /** Stretches of at least two nodes, in definition order of their first nodes. */
    public static List<List<Node>> of(Workflow workflow) {
        return new Chains(workflow).find();
    }

    private List<List<Node>> find() {
        Map<String, Node> nodes = workflow.nodesById();
        Set<String> followers = new HashSet<>();
        for (Node node : workflow.nodes()) {
            String next = next(node.id());
            if (next != null) {
                followers.add(next);
            }
        }
        List<List<Node>> chains = new ArrayList<>();
        for (Node node : workflow.nodes()) {
            if (!followers.contains(node.id())) {
                List<Node> line = new ArrayList<>();
                for (String id = node.id(); id != null; id = next(id)) {
                    Node member = nodes.get(id);
                    if (member != null) {
                        line.add(member);
                    }
                }
                split(line, chains);
            }
        }
        return chains;
    }

    /** The node to which control always passes, if it comes from nowhere else. */
    private @Nullable String next(String id) {
        List<Edge> out = outgoing.getOrDefault(id, List.of());
        if (out.size() != 1) {
            return null;
        }
        Edge edge = out.get(0);
        boolean straight = edge.when() == null
                && edge.maxTraversals() == null
                && !edge.to().equals(Edge.END)
                && !edge.to().equals(workflow.entry())
                && incoming.getOrDefault(edge.to(), List.of()).size() == 1;
        return straight ? edge.to() : null;
    }

    private void split(List<Node> line, List<List<Node>> chains) {
        List<Node> chain = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (Node node : line) {
            boolean mayJoin = mayRunBesideOthers(node);
            if (!mayJoin || node.state().writes().stream().anyMatch(written::contains)) {
                addIfLong(chain, chains);
                chain = new ArrayList<>();
                written.clear();
            }
            if (mayJoin) {
                chain.add(node);
                written.addAll(node.state().writes());
            }
        }
        addIfLong(chain, chains);
    }

    private static void addIfLong(List<Node> chain, List<List<Node>> chains) {
        if (chain.size() > 1) {
            chains.add(chain);
        }
    }

    private boolean mayRunBesideOthers(Node node) {
        return node.state().known()
                && node.kind() != NodeKind.CONDITION
                && node.kind() != NodeKind.HUMAN
                && node.kind() != NodeKind.PARALLEL
                && !workflow.effectsOf(node).mustKeep();
    }
}
