package dev.fettle.core.estimate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of tasks in which steps of several clusters compete, one task a run, by the states of all these clusters. They are
 * remembered: a search comes back to few combinations again and again.
 */
final class BlockLengths {
    /** More combinations than that have no number. */
    private static final long MOST_COMBINATIONS = 1L << 62;

    /** What an entry of the map takes besides its lengths, in lengths. */
    private static final int ENTRY = 10;

    private final int[] traces;
    private final int[] tasks;
    private final int[] clusters;
    private final long[] radixes;
    private final boolean numbered;
    private final int most;
    private final Map<Long, long[]> known = new HashMap<>();

    /**
     * @param room in lengths: how much may be remembered
     * @param traces in which there is such a task
     * @param tasks by position in {@code traces}
     * @param clusters whose steps are in these tasks
     * @param states by cluster: how many it has
     */
    BlockLengths(int room, int[] traces, int[] tasks, int[] clusters, int[] states) {
        this.most = room / (ENTRY + traces.length);
        this.traces = traces;
        this.tasks = tasks;
        this.clusters = clusters;
        this.radixes = new long[clusters.length];
        long combinations = 1;
        for (int i = 0; i < clusters.length; i++) {
            radixes[i] = combinations;
            combinations = combinations > MOST_COMBINATIONS / states[clusters[i]]
                    ? MOST_COMBINATIONS
                    : combinations * states[clusters[i]];
        }
        this.numbered = combinations < MOST_COMBINATIONS;
    }

    /** Whether these are the lengths of the same tasks. */
    boolean areOf(int[] otherTraces, int[] otherTasks) {
        return Arrays.equals(tasks, otherTasks) && Arrays.equals(traces, otherTraces);
    }

    /** The number of a combination in which one cluster has another state; below zero where they have none. */
    long combination(int[] states, int cluster, int state) {
        long combination = numbered ? 0 : -1;
        for (int i = 0; numbered && i < clusters.length; i++) {
            combination += radixes[i] * (clusters[i] == cluster ? state : states[clusters[i]]);
        }
        return combination;
    }

    /** By position in the traces; null where they are not remembered. */
    long @Nullable [] of(long combination) {
        return known.get(combination);
    }

    void remember(long combination, long[] lengths) {
        if (combination >= 0 && most > 0) {
            if (known.size() >= most) {
                known.clear();
            }
            known.put(combination, lengths);
        }
    }
}
