package dev.fettle.api.workflow;

import dev.fettle.api.Evolving;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may read what from whom, from declared state keys and the graph. A leaf is a node that is not a parallel node: the
 * units that read and write. Members of a parallel node count as running in the order in which they are listed: a
 * dataflow block computes what that order would.
 */
@Evolving
public final class DataFlow {
    private final Workflow workflow;
    private final List<Node> leaves = new ArrayList<>();
    private final Map<String, String> topLevelOf = new HashMap<>();
    private final Map<String, Integer> position = new HashMap<>();
    private final Map<String, List<String>> writers = new HashMap<>();
    private final Map<String, List<String>> readers = new HashMap<>();
    private final Map<String, List<Edge>> outgoing = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<int[]> successors = new ArrayList<>();
    private final Map<String, Integer> keyNumbers = new LinkedHashMap<>();
    private final List<BitSet> arriving = new ArrayList<>();
    private final Map<Integer, BitSet> reachable = new HashMap<>();
    private final Map<Integer, BitSet> reachableWithout = new HashMap<>();

    private DataFlow(Workflow workflow) {
        this.workflow = workflow;
        for (Node top : workflow.nodes()) {
            register(top, top.id());
        }
        for (Edge edge : workflow.edges()) {
            outgoing.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(edge);
        }
        for (Node top : workflow.nodes()) {
            numbers.put(top.id(), names.size());
            names.add(top.id());
        }
        for (String name : names) {
            successors.add(outgoing.getOrDefault(name, List.of()).stream()
                    .mapToInt(edge -> number(edge.to()))
                    .filter(number -> number >= 0)
                    .toArray());
        }
    }

    /** The place of a top-level node; -1 for the end and for what does not exist. */
    private int number(String name) {
        return numbers.getOrDefault(name, -1);
    }

    private void register(Node node, String top) {
        topLevelOf.put(node.id(), top);
        position.put(node.id(), position.size());
        if (node.members().isEmpty()) {
            leaves.add(node);
            node.state().writes().forEach(key -> writers.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(node.id()));
            node.state().reads().forEach(key -> readers.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(node.id()));
        }
        node.members().forEach(member -> register(member, top));
    }

    public static DataFlow of(Workflow workflow) {
        return new DataFlow(workflow);
    }

    /** The leaves, in definition order. */
    public List<Node> leaves() {
        return List.copyOf(leaves);
    }

    /** Whether the state keys of every leaf are declared. */
    public boolean known() {
        return leaves.stream().allMatch(leaf -> leaf.state().known());
    }

    /** The leaves that write the key, in definition order. */
    public List<String> writers(String key) {
        return List.copyOf(writers.getOrDefault(key, List.of()));
    }

    /** The leaves that read the key, in definition order. */
    public List<String> readers(String key) {
        return List.copyOf(readers.getOrDefault(key, List.of()));
    }

    /** The leaves that write the key and can run before the node does. */
    public List<String> writersBefore(String nodeId, String key) {
        return writers.getOrDefault(key, List.of()).stream()
                .filter(writer -> canPrecede(writer, nodeId))
                .toList();
    }

    /**
     * Whether some leaf writes the key and can run before the node does: the same as {@link #writersBefore} not being empty,
     * for all nodes and keys in the time of one walk over the graph.
     */
    public boolean isWrittenBefore(String nodeId, String key) {
        Integer number = keyNumbers().get(key);
        int top = number(top(nodeId));
        if (number != null && top >= 0 && arriving().get(top).get(number)) {
            return true;
        }
        return writers.getOrDefault(key, List.of()).stream()
                .anyMatch(writer -> top(writer).equals(top(nodeId)) && isListedBefore(writer, nodeId));
    }

    private Map<String, Integer> keyNumbers() {
        if (keyNumbers.isEmpty()) {
            writers.keySet().forEach(key -> keyNumbers.put(key, keyNumbers.size()));
        }
        return keyNumbers;
    }

    /** By top-level node: the keys that may have been written when it starts. */
    private List<BitSet> arriving() {
        if (arriving.isEmpty()) {
            List<BitSet> own = new ArrayList<>();
            for (int node = 0; node < names.size(); node++) {
                arriving.add(new BitSet());
                own.add(new BitSet());
            }
            writers.forEach((key, nodes) -> nodes.forEach(node -> {
                int top = number(top(node));
                if (top >= 0) {
                    own.get(top).set(keyNumbers().getOrDefault(key, 0));
                }
            }));
            Deque<Integer> open = new ArrayDeque<>();
            for (int node = 0; node < names.size(); node++) {
                open.add(node);
            }
            while (!open.isEmpty()) {
                int node = open.remove();
                BitSet leaving = (BitSet) arriving.get(node).clone();
                leaving.or(own.get(node));
                for (int next : successors.get(node)) {
                    int before = arriving.get(next).cardinality();
                    arriving.get(next).or(leaving);
                    if (arriving.get(next).cardinality() > before) {
                        open.add(next);
                    }
                }
            }
        }
        return arriving;
    }

    /** The leaves that read the key and can run after the node did, in definition order. */
    public List<String> readersAfter(String nodeId, String key) {
        return readers.getOrDefault(key, List.of()).stream()
                .filter(reader -> canPrecede(nodeId, reader))
                .toList();
    }

    /** Whether there is a run in which the first node is done before the second starts. */
    public boolean canPrecede(String first, String second) {
        String firstTop = top(first);
        String secondTop = top(second);
        int from = number(firstTop);
        int to = number(secondTop);
        if (from >= 0 && to >= 0 && reachableFrom(from).get(to)) {
            return true;
        }
        return firstTop.equals(secondTop) && isListedBefore(first, second);
    }

    /** Whether in every run the first node is done before the second starts for the first time. */
    public boolean alwaysPrecedes(String first, String second) {
        String firstTop = top(first);
        String secondTop = top(second);
        if (firstTop.equals(secondTop)) {
            return isListedBefore(first, second);
        }
        int to = number(secondTop);
        return to >= 0
                && !reachableWithout
                        .computeIfAbsent(number(firstTop), without -> reach(number(workflow.entry()), without))
                        .get(to);
    }

    /** Whether there is a run that goes on from the first node to its end without the second. */
    public boolean canEndWithout(String first, String second) {
        String firstTop = top(first);
        String secondTop = top(second);
        if (firstTop.equals(secondTop)) {
            return false;
        }
        BitSet reached = reach(number(firstTop), number(secondTop));
        for (int node = reached.nextSetBit(0); node >= 0; node = reached.nextSetBit(node + 1)) {
            List<Edge> edges = outgoing.getOrDefault(names.get(node), List.of());
            boolean canEnd = edges.stream().allMatch(edge -> edge.maxTraversals() != null)
                    || edges.stream().anyMatch(edge -> edge.to().equals(Edge.END));
            if (canEnd) {
                return true;
            }
        }
        return false;
    }

    private String top(String node) {
        return topLevelOf.getOrDefault(node, node);
    }

    private boolean isListedBefore(String first, String second) {
        return position.getOrDefault(first, 0) < position.getOrDefault(second, 0);
    }

    private BitSet reachableFrom(int start) {
        BitSet known = reachable.get(start);
        if (known == null) {
            known = new BitSet(names.size());
            spread(start, known, -1);
            reachable.put(start, known);
        }
        return known;
    }

    /** The start and what can be reached from it, without going through one node. */
    private BitSet reach(int start, int without) {
        BitSet reached = new BitSet(names.size());
        if (start >= 0 && start != without) {
            reached.set(start);
            spread(start, reached, without);
        }
        return reached;
    }

    private void spread(int start, BitSet reached, int without) {
        int[] open = new int[names.size() + 1];
        open[0] = start;
        int count = 1;
        while (count > 0) {
            for (int next : successors.get(open[--count])) {
                if (next != without && !reached.get(next)) {
                    reached.set(next);
                    open[count++] = next;
                }
            }
        }
    }
}
