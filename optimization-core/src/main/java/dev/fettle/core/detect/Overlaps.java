package dev.fettle.core.detect;

import dev.fettle.core.profile.TraceTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups of occurrences at one level that ran at the same time. */
final class Overlaps {
    /** Intervals that share less than this part of the shorter one only touch, as clocks do. */
    private static final double TOUCHING = 0.01;

    private static final int NONE = -1;

    private Overlaps() {}

    /** The largest groups in which each occurrence overlaps what the earlier ones cover; groups of one are left out. */
    static List<List<Integer>> of(TraceTree tree) {
        // by parent, the top level first: the open group, and until when its members run
        int[] first = new int[tree.size() + 1];
        long[] until = new long[tree.size() + 1];
        Arrays.fill(first, NONE);
        Map<Integer, List<Integer>> open = new HashMap<>();
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) {
            int level = tree.parent(i) + 1;
            long start = tree.start(i);
            long end = tree.end(i);
            boolean apart = Math.min(end, until[level]) - start <= TOUCHING * (end - start);
            if (first[level] == NONE || apart) {
                first[level] = i;
                until[level] = end;
                open.remove(level);
                continue;
            }
            List<Integer> group = open.get(level);
            if (group == null) {
                group = new ArrayList<>(List.of(first[level]));
                open.put(level, group);
                groups.add(group);
            }
            group.add(i);
            until[level] = Math.max(until[level], end);
        }
        groups.sort(Comparator.comparing(group -> group.get(0)));
        return groups;
    }
}
