package dev.fettle.core.estimate;

import java.util.Arrays;
import java.util.List;

/**
 * What comes before each task of a graph, laid out for walking along it: tasks are numbered so that what comes before has a
 * lower number. A graph has two, one of them with all edges turned round. Immutable.
 */
final class Precedence {
    /** So many positions fit into one number, if they take this many bits. */
    private static final int FEW = 4;

    static final int BITS = 15;

    /** Tasks with more before them are joins. */
    private static final int JOIN = 8;

    final int size;

    /**
     * For each task the few before it in one number, repeated if there are less; {@code size}, where no task is, if there
     * are none. Below zero if there are too many for this.
     */
    final long[] few;

    /** All, one list behind the other: those of task i from {@code starts[i]}. */
    final int[] all;

    final int[] starts;

    /** The farthest task behind each one that is not in {@code joinsBehind}; the task itself where there is none. */
    final int[] farthest;

    /** Joins behind each task, as bits. */
    final long[] joinsBehind;

    /** By bit. */
    final int[] joins;

    Precedence(List<List<Integer>> before) {
        size = before.size();
        starts = new int[size + 1];
        for (int task = 0; task < size; task++) {
            starts[task + 1] = starts[task] + before.get(task).size();
        }
        all = before.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
        few = new long[size];
        farthest = new int[size];
        Arrays.setAll(farthest, task -> task);
        joinsBehind = new long[size];
        int[] found = new int[Long.SIZE];
        int count = 0;
        for (int task = 0; task < size; task++) {
            few[task] = packed(task);
            int bit = starts[task + 1] - starts[task] > JOIN && count < found.length ? count : -1;
            if (bit >= 0) {
                found[count++] = task;
            }
            for (int i = starts[task]; i < starts[task + 1]; i++) {
                if (bit >= 0) {
                    joinsBehind[all[i]] |= 1L << bit;
                } else {
                    farthest[all[i]] = task;
                }
            }
        }
        joins = Arrays.copyOf(found, count);
    }

    private long packed(int task) {
        int count = starts[task + 1] - starts[task];
        if (count > FEW || size >= 1 << BITS) {
            return -1;
        }
        long packed = 0;
        for (int i = 0; i < FEW; i++) {
            packed = packed << BITS | (count == 0 ? size : all[starts[task] + i % count]);
        }
        return packed;
    }
}
