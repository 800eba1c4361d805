package dev.fettle.core.detect;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chains of nodes that could become a dataflow block, and what that would save. */
final class Chains {
    private Chains() {}

    /**
     * The longest chains of movable top-level nodes in which each passes control to the next alone, and no two write one
     * key.
     */
    static List<List<Node>> of(Workflow workflow) {
        List<List<Node>> chains = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        for (Node node : workflow.nodes()) {
            if (movable(workflow, node) && startsChain(workflow, node) && placed.add(node.id())) {
                List<Node> chain = new ArrayList<>(List.of(node));
                Set<String> written = new HashSet<>(node.state().writes());
                Node next = next(workflow, node);
                while (next != null && movable(workflow, next) && placed.add(next.id())) {
                    if (next.state().writes().stream().anyMatch(written::contains)) {
                        add(chains, chain);
                        chain = new ArrayList<>();
                        written.clear();
                    }
                    chain.add(next);
                    written.addAll(next.state().writes());
                    next = next(workflow, next);
                }
                add(chains, chain);
            }
        }
        return chains;
    }

    private static void add(List<List<Node>> chains, List<Node> chain) {
        if (chain.size() > 1) {
            chains.add(List.copyOf(chain));
        }
    }

    private static boolean movable(Workflow workflow, Node node) {
        return node.kind() != NodeKind.CONDITION
                && node.kind() != NodeKind.HUMAN
                && node.kind() != NodeKind.PARALLEL
                && node.state().known()
                && !workflow.effectsOf(node).mustKeep();
    }

    private static boolean startsChain(Workflow workflow, Node node) {
        List<Edge> incoming = workflow.incoming(node.id());
        if (incoming.size() != 1 || node.id().equals(workflow.entry())) {
            return true;
        }
        Node before = workflow.node(incoming.get(0).from()).orElse(null);
        return before == null || !movable(workflow, before) || !node.equals(next(workflow, before));
    }

    /** The node to which alone the node passes control, and which gets it from no other; null where there is none. */
    private static @Nullable Node next(Workflow workflow, Node node) {
        List<Edge> outgoing = workflow.outgoing(node.id());
        if (outgoing.size() != 1) {
            return null;
        }
        Edge edge = outgoing.get(0);
        boolean plain = edge.when() == null && edge.maxTraversals() == null;
        boolean alone = workflow.incoming(edge.to()).size() == 1 && !edge.to().equals(workflow.entry());
        return plain && alone ? workflow.node(edge.to()).orElse(null) : null;
    }

    /** The sum of the nodes' times less the longest path of their data flow. */
    static double saving(List<Node> chain, Map<String, Double> seconds) {
        Map<String, Double> written = new HashMap<>();
        double sum = 0;
        double path = 0;
        for (Node node : chain) {
            double start = 0;
            for (String key : node.state().reads()) {
                start = Math.max(start, written.getOrDefault(key, 0.0));
            }
            double own = seconds.getOrDefault(node.id(), 0.0);
            double end = start + own;
            node.state().writes().forEach(key -> written.merge(key, end, Math::max));
            sum += own;
            path = Math.max(path, end);
        }
        return sum - path;
    }
}
