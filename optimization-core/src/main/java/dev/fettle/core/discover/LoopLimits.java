package dev.fettle.core.discover;

import dev.fettle.api.workflow.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the edges that close a cycle their limit: of the edges that lie on a cycle, those that lead to a node that runs
 * reach no later than where they come from. What is left has no cycle: an edge off all cycles cannot be on one, and the
 * others lead strictly forward.
 */
final class LoopLimits {
    private final Map<String, Map<String, EdgeFacts>> graph;
    private final Map<String, Double> ranks;
    private final Map<String, Long> visits;
    private final Map<String, Set<String>> reachable = new HashMap<>();

    /** @param visits how often a run came to each node at most */
    LoopLimits(Map<String, Map<String, EdgeFacts>> graph, Map<String, Double> ranks, Map<String, Long> visits) {
        this.graph = graph;
        this.visits = visits;
        this.ranks = ranks;
    }

    /** All edges, the most frequent of each node first. */
    List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        graph.forEach((from, targets) -> targets.entrySet().stream()
                .sorted((a, b) ->
                        Long.compare(b.getValue().count(), a.getValue().count()))
                .forEach(target -> edges.add(edge(from, target.getKey(), target.getValue()))));
        return edges;
    }

    private Edge edge(String from, String to, EdgeFacts facts) {
        boolean cyclic = !to.equals(Edge.END)
                && (to.equals(from)
                        || reachable
                                .computeIfAbsent(to, start -> reachable(graph, start))
                                .contains(from));
        if (!cyclic || forward(from, to)) {
            return Edge.of(from, to);
        }
        long most = facts.mostInOneRun();
        if (facts.combined()) {
            // a run that takes the edge again visits both ends again, and was at its target before
            most = Math.min(most, Math.min(visits.getOrDefault(from, most), visits.getOrDefault(to, most + 1) - 1));
        }
        return new Edge(from, to, null, (int) Math.min(Integer.MAX_VALUE, Math.max(1, most)));
    }

    private boolean forward(String from, String to) {
        int order = Double.compare(ranks.getOrDefault(from, 0.0), ranks.getOrDefault(to, 0.0));
        return order < 0 || (order == 0 && from.compareTo(to) < 0);
    }

    /** The nodes to which at least one edge leads from the node, directly or through others. */
    static Set<String> reachable(Map<String, Map<String, EdgeFacts>> graph, String start) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            for (String to : graph.getOrDefault(open.remove(), Map.of()).keySet()) {
                if (reached.add(to)) {
                    open.add(to);
                }
            }
        }
        return reached;
    }
}
