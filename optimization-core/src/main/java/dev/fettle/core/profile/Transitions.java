package dev.fettle.core.profile;

import dev.fettle.api.profile.Transition;
import dev.fettle.api.workflow.Edge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which node came directly after which at the same level: inside the same occurrence, or at the top, where the sequence
 * also begins with {@link #START} and ends with {@link Edge#END}. Order is by start.
 */
final class Transitions implements Mergeable<Transitions> {
    /** What the first top-level occurrence of a run comes after. */
    static final String START = "start";

    private final BoundedMap<Count> counts;

    Transitions(int limit) {
        counts = new BoundedMap<>(limit, Count::new);
    }

    private static final class Count implements Mergeable<Count> {
        private long count;
        private long overlapping;

        @Override
        public void merge(Count other) {
            count += other.count;
            overlapping += other.overlapping;
        }
    }

    void add(TraceTree tree) {
        int[] lastInside = new int[tree.size()];
        Arrays.fill(lastInside, -1);
        int lastAtTop = -1;
        for (int i = 0; i < tree.size(); i++) {
            int parent = tree.parent(i);
            int previous = parent < 0 ? lastAtTop : lastInside[parent];
            String node = tree.occurrence(i).node();
            if (previous >= 0) {
                count(tree.occurrence(previous).node(), node, tree.start(i) < tree.end(previous));
            } else if (parent < 0) {
                count(START, node, false);
            }
            if (parent < 0) {
                lastAtTop = i;
            } else {
                lastInside[parent] = i;
            }
        }
        if (lastAtTop >= 0) {
            count(tree.occurrence(lastAtTop).node(), Edge.END, false);
        }
    }

    private void count(String from, String to, boolean overlapping) {
        Count count = counts.at(from + '\0' + to);
        count.count++;
        if (overlapping) {
            count.overlapping++;
        }
    }

    @Override
    public void merge(Transitions other) {
        counts.merge(other.counts);
    }

    List<Transition> list() {
        List<Transition> list = new ArrayList<>();
        counts.forEach((names, count) -> {
            int cut = names.indexOf('\0');
            String from = cut < 0 ? BoundedMap.OTHER : names.substring(0, cut);
            String to = cut < 0 ? BoundedMap.OTHER : names.substring(cut + 1);
            list.add(new Transition(from, to, count.count, count.overlapping));
        });
        list.sort(Comparator.comparing(Transition::from).thenComparing(Transition::to));
        return List.copyOf(list);
    }
}
