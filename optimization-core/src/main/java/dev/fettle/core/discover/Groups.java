package dev.fettle.core.discover;

import dev.fettle.core.profile.BoundedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Which nodes are members of one parallel node: those recorded inside one, and those that overlap in most runs. */
final class Groups {
    private final Map<String, String> parent = new HashMap<>();

    private Groups() {}

    /**
     * From each member to the name of its group: the recorded parallel node, or a text without further meaning. Nodes in no
     * group are absent.
     */
    static Map<String, String> of(SortedMap<String, NodeFacts> nodes, SortedMap<String, EdgeFacts> overlaps) {
        Map<String, String> groupOf = new HashMap<>();
        nodes.forEach((node, facts) -> {
            String block = facts.block();
            if (block != null) {
                groupOf.put(node, block);
            }
        });
        Groups groups = new Groups();
        overlaps.forEach((pair, facts) -> {
            String a = Names.first(pair);
            String b = Names.second(pair);
            NodeFacts first = nodes.get(a);
            NodeFacts second = nodes.get(b);
            if (first == null || second == null || a.equals(b) || groupOf.containsKey(a) || groupOf.containsKey(b)) {
                return;
            }
            boolean overflow = a.equals(BoundedMap.OTHER) || b.equals(BoundedMap.OTHER);
            if (!overflow && 2 * facts.runs() > Math.min(first.runs(), second.runs())) {
                groups.unite(a, b);
            }
        });
        Map<String, List<String>> measured = new LinkedHashMap<>();
        nodes.keySet().stream().filter(groups.parent::containsKey).forEach(node -> measured.computeIfAbsent(
                        groups.root(node), absent -> new ArrayList<>())
                .add(node));
        measured.forEach((root, members) -> members.forEach(member -> groupOf.put(member, "\0" + root)));
        return groupOf;
    }

    private void unite(String a, String b) {
        String rootA = root(a);
        String rootB = root(b);
        parent.put(rootA, rootB);
        parent.putIfAbsent(rootB, rootB);
    }

    private String root(String node) {
        String at = node;
        String next = parent.getOrDefault(at, at);
        while (!next.equals(at)) {
            at = next;
            next = parent.getOrDefault(at, at);
        }
        parent.put(node, at);
        return at;
    }
}
