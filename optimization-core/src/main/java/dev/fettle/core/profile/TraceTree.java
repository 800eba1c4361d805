package dev.fettle.core.profile;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The occurrences of a trace by index, in order of start, with who ran inside whom. Times are nanoseconds. */
public final class TraceTree {
    private final List<NodeOccurrence> occurrences;
    private final int[] parents;
    private final long[] starts;
    private final long[] ends;
    private final long[] exclusive;
    private final boolean[] leaf;

    private TraceTree(List<NodeOccurrence> occurrences) {
        int size = occurrences.size();
        this.occurrences = occurrences;
        parents = new int[size];
        starts = new long[size];
        ends = new long[size];
        exclusive = new long[size];
        leaf = new boolean[size];
        Map<String, Integer> indexes = new HashMap<>(2 * size);
        for (int i = 0; i < size; i++) {
            NodeOccurrence occurrence = occurrences.get(i);
            starts[i] = nanos(occurrence.start());
            ends[i] = starts[i] + nanos(occurrence.duration());
            leaf[i] = true;
            indexes.put(occurrence.id(), i);
        }
        for (int i = 0; i < size; i++) {
            String parent = occurrences.get(i).parent();
            Integer index = parent == null ? null : indexes.get(parent);
            parents[i] = index == null || index == i ? -1 : index;
        }
        subtractChildren();
    }

    private void subtractChildren() {
        int size = parents.length;
        long[] coveredUntil = starts.clone();
        for (int i = 0; i < size; i++) {
            exclusive[i] = ends[i] - starts[i];
        }
        for (int i = 0; i < size; i++) {
            int parent = parents[i];
            if (parent >= 0) {
                leaf[parent] = false;
                long from = Math.max(starts[i], coveredUntil[parent]);
                long to = Math.min(ends[i], ends[parent]);
                if (to > from) {
                    exclusive[parent] -= to - from;
                    coveredUntil[parent] = to;
                }
            }
        }
    }

    /** The tree of the trace. Occurrences whose parent is not in the trace count as top level. */
    public static TraceTree of(ExecutionTrace trace) {
        List<NodeOccurrence> occurrences = trace.occurrences();
        for (int i = 1; i < occurrences.size(); i++) {
            if (occurrences.get(i).start().compareTo(occurrences.get(i - 1).start()) < 0) {
                List<NodeOccurrence> sorted = new ArrayList<>(occurrences);
                sorted.sort(Comparator.comparing(NodeOccurrence::start));
                return new TraceTree(sorted);
            }
        }
        return new TraceTree(occurrences);
    }

    /** A duration in nanoseconds, at most two years and at least zero. */
    static long nanos(Duration duration) {
        long seconds = duration.getSeconds();
        if (seconds < 0) {
            return 0;
        }
        return seconds > 1L << 26 ? (1L << 26) * 1_000_000_000L : seconds * 1_000_000_000L + duration.getNano();
    }

    public int size() {
        return parents.length;
    }

    public NodeOccurrence occurrence(int index) {
        return occurrences.get(index);
    }

    /** The index of the occurrence inside which this one ran; -1 at the top level. */
    public int parent(int index) {
        return parents[index];
    }

    /** Whether no occurrence ran inside this one. */
    public boolean leaf(int index) {
        return leaf[index];
    }

    public long start(int index) {
        return starts[index];
    }

    public long end(int index) {
        return ends[index];
    }

    /** Time of the occurrence itself: its interval without the union of the intervals inside it. */
    public long exclusive(int index) {
        return exclusive[index];
    }

    /** The occurrences directly inside the given one (-1: at the top level), in order of start. */
    public List<Integer> children(int index) {
        List<Integer> children = new ArrayList<>();
        for (int i = 0; i < parents.length; i++) {
            if (parents[i] == index) {
                children.add(i);
            }
        }
        return children;
    }
}
