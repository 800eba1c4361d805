package dev.fettle.core.detect;

import dev.fettle.core.profile.TraceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups of occurrences at one level that ran at the same time. */
final class Overlaps {
    /** Intervals that share less than this part of the shorter one only touch, as clocks do. */
    private static final double TOUCHING = 0.01;

    private Overlaps() {}

    /** The largest groups in which each occurrence overlaps what the earlier ones cover; groups of one are left out. */
    static List<List<Integer>> of(TraceTree tree) {
        Map<Integer, List<Integer>> open = new HashMap<>();
        Map<Integer, Long> until = new HashMap<>();
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) {
            int parent = tree.parent(i);
            List<Integer> group = open.get(parent);
            long end = until.getOrDefault(parent, Long.MIN_VALUE);
            long shorter = Math.min(tree.end(i) - tree.start(i), end - tree.start(i));
            if (group == null || shorter <= TOUCHING * (tree.end(i) - tree.start(i))) {
                group = new ArrayList<>();
                open.put(parent, group);
                groups.add(group);
                end = Long.MIN_VALUE;
            }
            group.add(i);
            until.put(parent, Math.max(end, tree.end(i)));
        }
        return groups.stream().filter(group -> group.size() > 1).toList();
    }
}
