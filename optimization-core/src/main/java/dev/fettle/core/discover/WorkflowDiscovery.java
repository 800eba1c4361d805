package dev.fettle.core.discover;

import dev.fettle.api.profile.Transition;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.profile.BoundedMap;
import dev.fettle.core.profile.Counter;
import dev.fettle.core.profile.TraceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Derives a workflow from its recorded runs. Adding and merging are associative and commutative, and memory does not grow
 * with the number of traces.
 *
 * <p>A node is whatever does something itself: it calls a model or a tool, has nothing inside it, is an agent or a tool,
 * or spends a notable time outside of what is inside it. What only wraps others is left out; its name stays in the path of
 * theirs. All nodes form one flat graph: an edge says that the second was the next to start after the first. Nodes whose
 * intervals overlap in most of the runs become members of a parallel node. An edge that closes a cycle gets as its limit
 * the most traversals seen in a run. What runs cannot show, state keys and effects, is unknown.
 */
public final class WorkflowDiscovery {
    /** The part of its interval that an occurrence spends on its own from which on it counts as working itself. */
    private static final double NOTABLE_OWN_PART = 0.2;

    private static final long NOTABLE_OWN_NANOS = 1_000_000;

    /** Overlaps shorter than this part of the shorter occurrence are inaccuracies of clocks. */
    private static final double TOUCHING = 0.01;

    /** With how many running occurrences a starting one is compared. */
    private static final int MAX_ACTIVE = 64;

    /** Marks in pairs of nodes; no recorded name is like them. */
    static final String START = "\u0001start";

    static final String END = "\u0001end";

    private final BoundedMap<NodeFacts> nodes;
    private final BoundedMap<EdgeFacts> edges;
    private final BoundedMap<EdgeFacts> overlaps;
    private final BoundedMap<Counter> names;

    /** At most 1,000 nodes; further ones are united under one name. */
    public WorkflowDiscovery() {
        this(1000);
    }

    /** @param maxNodes further ones are united under one name */
    public WorkflowDiscovery(int maxNodes) {
        nodes = new BoundedMap<>(maxNodes, NodeFacts::new);
        edges = new BoundedMap<>(10 * maxNodes, EdgeFacts::new);
        overlaps = new BoundedMap<>(10 * maxNodes, EdgeFacts::new);
        names = new BoundedMap<>(maxNodes, Counter::new);
    }

    public void add(ExecutionTrace trace) {
        names.at(trace.workflow()).increment();
        TraceTree tree = TraceTree.of(trace);
        List<Integer> working = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) {
            if (works(tree, i)) {
                working.add(i);
            }
        }
        Map<String, Integer> ranks = new LinkedHashMap<>();
        Map<String, Long> times = new HashMap<>();
        for (int i : working) {
            NodeOccurrence occurrence = tree.occurrence(i);
            nodes.at(occurrence.node()).add(occurrence, block(tree, i));
            ranks.putIfAbsent(occurrence.node(), ranks.size());
            times.merge(occurrence.node(), 1L, Long::sum);
        }
        ranks.forEach((node, rank) -> nodes.at(node).addRun(rank, times.getOrDefault(node, 1L)));
        addEdges(tree, working);
        addOverlaps(tree, working);
    }

    private static boolean works(TraceTree tree, int i) {
        NodeOccurrence occurrence = tree.occurrence(i);
        if (occurrence.kind() == NodeKind.PARALLEL && !tree.leaf(i)) {
            return false;
        }
        boolean wraps = occurrence.kind() == NodeKind.FUNCTION || occurrence.kind() == NodeKind.SUB_WORKFLOW;
        return !wraps
                || tree.leaf(i)
                || !occurrence.modelCalls().isEmpty()
                || !occurrence.toolCalls().isEmpty()
                || (tree.exclusive(i) >= NOTABLE_OWN_NANOS
                        && tree.exclusive(i) >= NOTABLE_OWN_PART * (tree.end(i) - tree.start(i)));
    }

    private static @Nullable String block(TraceTree tree, int i) {
        int steps = 0;
        for (int at = tree.parent(i); at >= 0 && steps < tree.size(); at = tree.parent(at), steps++) {
            if (tree.occurrence(at).kind() == NodeKind.PARALLEL) {
                return tree.occurrence(at).node();
            }
        }
        return null;
    }

    private void addEdges(TraceTree tree, List<Integer> working) {
        if (working.isEmpty()) {
            return;
        }
        Map<String, Long> counts = new HashMap<>();
        String previous = START;
        for (int i : working) {
            String node = tree.occurrence(i).node();
            counts.merge(Names.pair(previous, node), 1L, Long::sum);
            previous = node;
        }
        counts.merge(Names.pair(previous, END), 1L, Long::sum);
        counts.forEach((pair, count) -> edges.at(pair).addRun(count));
    }

    private void addOverlaps(TraceTree tree, List<Integer> working) {
        List<Integer> active = new ArrayList<>();
        Map<String, Long> counts = new HashMap<>();
        for (int i : working) {
            active.removeIf(earlier -> tree.end(earlier) <= tree.start(i));
            for (int earlier : active) {
                long shared = Math.min(tree.end(earlier), tree.end(i)) - tree.start(i);
                long shorter = Math.min(tree.end(earlier) - tree.start(earlier), tree.end(i) - tree.start(i));
                if (shared > TOUCHING * shorter && !inside(tree, i, earlier)) {
                    String a = tree.occurrence(earlier).node();
                    String b = tree.occurrence(i).node();
                    counts.merge(a.compareTo(b) <= 0 ? Names.pair(a, b) : Names.pair(b, a), 1L, Long::sum);
                }
            }
            if (active.size() < MAX_ACTIVE) {
                active.add(i);
            }
        }
        counts.forEach((pair, count) -> overlaps.at(pair).addRun(count));
    }

    private static boolean inside(TraceTree tree, int inner, int outer) {
        int steps = 0;
        for (int at = tree.parent(inner); at >= 0 && steps < tree.size(); at = tree.parent(at), steps++) {
            if (at == outer) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes in everything that was added to the other, which stays as it is.
     *
     * @return this
     */
    public WorkflowDiscovery merge(WorkflowDiscovery other) {
        nodes.merge(other.nodes);
        edges.merge(other.edges);
        overlaps.merge(other.overlaps);
        names.merge(other.names);
        return this;
    }

    /** Whether no run with a node was added: then there is no workflow. */
    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    /**
     * The workflow that the runs show, named as most of them are.
     *
     * @throws IllegalStateException where {@link #isEmpty()}
     */
    public Workflow workflow() {
        if (isEmpty()) {
            throw new IllegalStateException("no run with a node was added; check isEmpty() first");
        }
        String name = "";
        long most = 0;
        for (Map.Entry<String, Counter> entry : names.sorted().entrySet()) {
            if (entry.getValue().count() > most) {
                name = entry.getKey();
                most = entry.getValue().count();
            }
        }
        return new GraphBuilder(nodes.sorted(), edges.sorted(), overlaps.sorted()).build(name);
    }

    /** How often each node was the next to start after another, {@code start} and {@code end} included. */
    public List<Transition> frequencies() {
        List<Transition> list = new ArrayList<>();
        edges.forEach((pair, facts) -> {
            String from = Names.first(pair);
            String to = Names.second(pair);
            EdgeFacts overlap =
                    overlaps.sorted().get(from.compareTo(to) <= 0 ? Names.pair(from, to) : Names.pair(to, from));
            list.add(new Transition(
                    from.equals(START) ? "start" : from,
                    to.equals(END) ? Edge.END : to,
                    facts.count(),
                    overlap == null ? 0 : Math.min(facts.count(), overlap.count())));
        });
        return List.copyOf(list);
    }
}
