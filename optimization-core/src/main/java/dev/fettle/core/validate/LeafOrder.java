package dev.fettle.core.validate;

import dev.fettle.api.workflow.DataFlow;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which leaf is done before which other starts: in a whole run, and within one iteration of a loop. Members of a block wait
 * for each other only where one reads what the other writes; for leaves of nested blocks the lowest block that holds both
 * decides.
 */
final class LeafOrder {
    private final DataFlow flow;
    private final Map<String, List<Node>> paths = new HashMap<>();
    private final Map<String, List<String>> edges = new HashMap<>();
    private final Map<String, List<String>> forward = new HashMap<>();
    private final List<Edge> limited;

    LeafOrder(Workflow workflow) {
        flow = DataFlow.of(workflow);
        limited = workflow.edges().stream()
                .filter(edge -> edge.maxTraversals() != null)
                .toList();
        workflow.nodes().forEach(node -> register(node, List.of()));
        for (Edge edge : workflow.edges()) {
            edges.computeIfAbsent(edge.from(), from -> new ArrayList<>()).add(edge.to());
            boolean back = edge.to().equals(edge.from()) || flow.alwaysPrecedes(edge.to(), edge.from());
            if (!back) {
                forward.computeIfAbsent(edge.from(), from -> new ArrayList<>()).add(edge.to());
            }
        }
    }

    private void register(Node node, List<Node> above) {
        List<Node> path = new ArrayList<>(above);
        path.add(node);
        paths.put(node.id(), path);
        node.members().forEach(member -> register(member, path));
    }

    /** Whether in no run the second one starts before the first is done. */
    boolean alwaysFirst(String first, String second) {
        return flow.canPrecede(first, second) && !flow.canPrecede(second, first) && inOrder(first, second);
    }

    /** The same within one iteration of each loop around both: the edges that close loops do not count. */
    boolean firstInAnIteration(String first, String second) {
        String from = top(first);
        String to = top(second);
        return from.equals(to)
                ? inOrder(first, second)
                : reaches(forward, from, to, "") && !reaches(forward, to, from, "");
    }

    /** Whether the second one never starts for the first time unless the first is done. */
    boolean guards(String first, String second) {
        return flow.alwaysPrecedes(first, second) && inOrder(first, second);
    }

    /** Whether the second one also never starts again unless the first was done again. */
    boolean guardsEachTime(String first, String second) {
        String to = top(second);
        return guards(first, second) && (top(first).equals(to) || !reaches(edges, to, to, top(first)));
    }

    /** How often edges with a limit may lead back to before this leaf in one run. */
    int repetitions(String leaf) {
        String top = top(leaf);
        int repetitions = 0;
        for (Edge edge : limited) {
            boolean before = edge.to().equals(top) || reaches(edges, edge.to(), top, "");
            boolean after = edge.from().equals(top) || reaches(edges, top, edge.from(), "");
            Integer limit = edge.maxTraversals();
            if (before && after && limit != null) {
                repetitions += limit;
            }
        }
        return repetitions;
    }

    /** Whether two members of one block are in order; leaves that share no block are ordered by the graph alone. */
    private boolean inOrder(String first, String second) {
        List<Node> one = paths.getOrDefault(first, List.of());
        List<Node> other = paths.getOrDefault(second, List.of());
        int shared = 0;
        while (shared < Math.min(one.size(), other.size())
                && one.get(shared).id().equals(other.get(shared).id())) {
            shared++;
        }
        if (shared == 0) {
            return true;
        }
        return shared < one.size()
                && shared < other.size()
                && waits(
                        one.get(shared - 1).members(),
                        one.get(shared).id(),
                        other.get(shared).id());
    }

    /** Whether the second member reads, directly or through others, what the first one writes. */
    private static boolean waits(List<Node> members, String first, String second) {
        Set<String> written = new HashSet<>();
        boolean started = false;
        for (Node member : members) {
            boolean waiting = started && reads(member).stream().anyMatch(written::contains);
            if (member.id().equals(second)) {
                return waiting;
            }
            if (member.id().equals(first) || waiting) {
                started = true;
                written.addAll(writes(member));
            }
        }
        return false;
    }

    private static Set<String> reads(Node node) {
        Set<String> keys = new HashSet<>(node.state().reads());
        node.members().forEach(member -> keys.addAll(reads(member)));
        return keys;
    }

    private static Set<String> writes(Node node) {
        Set<String> keys = new HashSet<>(node.state().writes());
        node.members().forEach(member -> keys.addAll(writes(member)));
        return keys;
    }

    private String top(String node) {
        List<Node> path = paths.getOrDefault(node, List.of());
        return path.isEmpty() ? node : path.get(0).id();
    }

    /** Whether edges lead from one top-level node to another, or back to itself, past the one to avoid. */
    private static boolean reaches(Map<String, List<String>> edges, String from, String to, String avoided) {
        Deque<String> open = new ArrayDeque<>(List.of(from));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            for (String next : edges.getOrDefault(open.remove(), List.of())) {
                if (next.equals(to)) {
                    return true;
                }
                if (!next.equals(avoided) && seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return false;
    }
}
