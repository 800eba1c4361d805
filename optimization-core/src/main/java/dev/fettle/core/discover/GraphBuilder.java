package dev.fettle.core.discover;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns counts into a workflow. */
final class GraphBuilder {
    /** Where runs start at different nodes that do not lead to each other, this stands before them. */
    private static final String ENTRY = "_start";

    private final SortedMap<String, NodeFacts> facts;
    private final SortedMap<String, EdgeFacts> edges;
    private final Map<String, String> groupOf;

    /** Ids in the workflow by recorded names; members stand for their block. */
    private final Map<String, String> topLevel = new HashMap<>();

    private final Map<String, Double> ranks = new HashMap<>();
    private final Map<String, Long> visits = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    GraphBuilder(
            SortedMap<String, NodeFacts> facts,
            SortedMap<String, EdgeFacts> edges,
            SortedMap<String, EdgeFacts> overlaps) {
        this.facts = facts;
        this.edges = edges;
        this.groupOf = Groups.of(facts, overlaps);
    }

    Workflow build(String name) {
        buildNodes();
        Map<String, Map<String, EdgeFacts>> collapsed = collapsedEdges();
        String entry = entry(collapsed);
        List<Edge> graph = new LoopLimits(collapsed, ranks, visits).edges();
        Set<String> tools = new TreeSet<>();
        for (Node node : nodes) {
            collectTools(node, tools);
        }
        return new Workflow(
                Names.usable(name.isBlank() ? "workflow" : name).replace('/', '-'),
                entry,
                Set.of(),
                Set.of(),
                nodes,
                graph,
                tools.stream().map(ToolSpec::unknown).toList(),
                true);
    }

    private static void collectTools(Node node, Set<String> tools) {
        tools.addAll(node.answeringTools());
        node.members().forEach(member -> collectTools(member, tools));
    }

    private void buildNodes() {
        List<String> order = new ArrayList<>(facts.keySet());
        order.sort(Comparator.<String>comparingDouble(node -> facts(node).meanRank())
                .thenComparing(Comparator.naturalOrder()));
        Set<String> used = new LinkedHashSet<>();
        Map<String, List<String>> members = new LinkedHashMap<>();
        order.stream().filter(groupOf::containsKey).forEach(node -> members.computeIfAbsent(
                        groupOf.getOrDefault(node, node), absent -> new ArrayList<>())
                .add(node));
        Set<String> built = new LinkedHashSet<>();
        for (String node : order) {
            String group = groupOf.get(node);
            if (group == null) {
                String id = unique(Names.usable(node), used);
                place(node, id, facts(node).meanRank());
                nodes.add(DiscoveredNodes.node(id, facts(node), false));
            } else if (built.add(group)) {
                List<String> inside = members.getOrDefault(group, List.of());
                String recorded = group.startsWith("\0") ? "parallel-" + built.size() : group;
                String id = unique(Names.usable(recorded), used);
                List<Node> bodies = new ArrayList<>();
                for (String member : inside) {
                    bodies.add(DiscoveredNodes.node(unique(Names.usable(member), used), facts(member), true));
                    place(member, id, facts(node).meanRank());
                }
                nodes.add(Node.builder(id, new NodeBody.Parallel(bodies, NodeBody.ErrorStrategy.FAIL_FAST, Map.of()))
                        .build());
            }
        }
    }

    private NodeFacts facts(String node) {
        NodeFacts found = facts.get(node);
        if (found == null) {
            throw new IllegalStateException("no facts about (" + node + ")");
        }
        return found;
    }

    private void place(String node, String id, double rank) {
        topLevel.put(node, id);
        ranks.put(id, rank);
        visits.merge(id, facts(node).mostInOneRun(), Math::max);
    }

    private static String unique(String id, Set<String> used) {
        String free = id;
        for (int i = 2; !used.add(free); i++) {
            free = id + "#" + i;
        }
        return free;
    }

    /** The edges between top-level nodes, from {@code start} and to {@code end}; those inside a block are gone. */
    private Map<String, Map<String, EdgeFacts>> collapsedEdges() {
        Map<String, Map<String, EdgeFacts>> collapsed = new TreeMap<>();
        edges.forEach((pair, counted) -> {
            String first = Names.first(pair);
            String second = Names.second(pair);
            String from = first.equals(WorkflowDiscovery.START) ? first : topLevel.get(first);
            String to = second.equals(WorkflowDiscovery.END) ? Edge.END : topLevel.get(second);
            boolean inBlock = from != null && from.equals(to) && groupOf.containsKey(first);
            if (from != null && to != null && !inBlock) {
                collapsed
                        .computeIfAbsent(from, absent -> new TreeMap<>())
                        .computeIfAbsent(to, absent -> new EdgeFacts())
                        .combine(counted);
            }
        });
        return collapsed;
    }

    /** The node where runs start; adds one where there are several that do not lead to each other. */
    private String entry(Map<String, Map<String, EdgeFacts>> collapsed) {
        Map<String, EdgeFacts> starts = collapsed.remove(WorkflowDiscovery.START);
        if (starts == null || starts.isEmpty()) {
            return nodes.get(0).id();
        }
        String most = starts.entrySet().stream()
                .max(Comparator.<Map.Entry<String, EdgeFacts>>comparingLong(
                                entry -> entry.getValue().count())
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        Set<String> reached = LoopLimits.reachable(collapsed, most);
        reached.add(most);
        if (nodes.stream().allMatch(node -> reached.contains(node.id()))) {
            return most;
        }
        collapsed.put(ENTRY, new TreeMap<>(starts));
        ranks.put(ENTRY, -1.0);
        nodes.add(0, Node.builder(ENTRY, new NodeBody.Condition(null, null)).build());
        Set<String> all = LoopLimits.reachable(collapsed, ENTRY);
        for (Node node : nodes) {
            if (!all.contains(node.id()) && !node.id().equals(ENTRY)) {
                collapsed.get(ENTRY).put(node.id(), new EdgeFacts());
                all.add(node.id());
                all.addAll(LoopLimits.reachable(collapsed, node.id()));
            }
        }
        return ENTRY;
    }
}
