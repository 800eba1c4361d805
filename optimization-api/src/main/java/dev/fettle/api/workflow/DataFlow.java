package dev.fettle.api.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may read what from whom, from declared state keys and the graph. A leaf is a node that is not a parallel node: the
 * units that read and write.
 */
public final class DataFlow {
    private final Workflow workflow;
    private final Map<String, Node> leaves = new HashMap<>();
    private final Map<String, String> topLevelOf = new HashMap<>();
    private final Map<String, Integer> position = new HashMap<>();
    private final Map<String, Set<String>> reachable = new HashMap<>();

    private DataFlow(Workflow workflow) {
        this.workflow = workflow;
        for (Node top : workflow.nodes()) {
            register(top, top.id());
        }
    }

    private void register(Node node, String top) {
        if (node.members().isEmpty()) {
            leaves.put(node.id(), node);
            topLevelOf.put(node.id(), top);
            position.put(node.id(), position.size());
        }
        node.members().forEach(member -> register(member, top));
    }

    public static DataFlow of(Workflow workflow) {
        return new DataFlow(workflow);
    }

    /** The leaves that write the key, in definition order. */
    public List<String> writers(String key) {
        return workflow.allNodes().stream()
                .filter(node ->
                        node.members().isEmpty() && node.state().writes().contains(key))
                .map(Node::id)
                .toList();
    }

    /** The leaves that write the key and can run before the node does. */
    public List<String> writersBefore(String nodeId, String key) {
        return writers(key).stream()
                .filter(writer -> canPrecede(writer, nodeId))
                .toList();
    }

    /** The leaves that read the key and can run after the node did, in definition order. */
    public List<String> readersAfter(String nodeId, String key) {
        List<String> readers = new ArrayList<>();
        for (Node node : workflow.allNodes()) {
            if (node.members().isEmpty() && node.state().reads().contains(key) && canPrecede(nodeId, node.id())) {
                readers.add(node.id());
            }
        }
        return readers;
    }

    /** Whether there is a run in which the first leaf is done before the second starts. */
    public boolean canPrecede(String first, String second) {
        String firstTop = topLevelOf.getOrDefault(first, first);
        String secondTop = topLevelOf.getOrDefault(second, second);
        if (reachableFrom(firstTop).contains(secondTop)) {
            return true;
        }
        return firstTop.equals(secondTop)
                && !first.equals(second)
                && position.getOrDefault(first, 0) < position.getOrDefault(second, 0);
    }

    private Set<String> reachableFrom(String start) {
        return reachable.computeIfAbsent(start, this::computeReachable);
    }

    private Set<String> computeReachable(String start) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            for (Edge edge : workflow.outgoing(open.remove())) {
                if (!edge.to().equals(Edge.END) && reached.add(edge.to())) {
                    open.add(edge.to());
                }
            }
        }
        return reached;
    }
}
