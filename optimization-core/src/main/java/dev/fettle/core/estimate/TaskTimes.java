package dev.fettle.core.estimate;

import java.util.Arrays;

/**
 * Lengths of the tasks of one graph, and from them heads and tails: the earliest start of each task, and the time from its
 * end to the end of the run. With both, the effect of a single change of length on the makespan is known without walking
 * the graph, as in the local search for job shops (E. Taillard, ORSA Journal on Computing 6, 1994): a path through the task
 * is head + length + tail, and a path that does not go through it takes an edge that leads past it. A change that is made
 * is carried on only to tasks whose times it moves.
 */
final class TaskTimes {
    private static final double ROUNDING = 1e-12;

    private final TaskGraph graph;
    private final int last;
    private final double[] lengths;

    /** Earliest end of each task: head + length. */
    private final double[] ends;

    /** From before the delay of each task to the end of the run: delay + length + tail. */
    private final double[] rests;

    /** Tasks whose times are to be computed again, one bit each. */
    private final long[] moved;

    /** Longest path past each task, as long as {@code pastVersions} has the current version. */
    private final double[] past;

    private final int[] pastVersions;
    private int version = 1;

    TaskTimes(TaskGraph graph) {
        this.graph = graph;
        this.last = graph.size - 1;
        this.lengths = graph.constants.clone();
        this.ends = new double[graph.size];
        this.rests = new double[graph.size];
        this.moved = new long[(graph.size + Long.SIZE - 1) / Long.SIZE];
        this.past = new double[graph.size];
        this.pastVersions = new int[graph.size];
    }

    TaskGraph graph() {
        return graph;
    }

    double makespan() {
        return Math.max(0, ends[last]);
    }

    /** Sets a length without looking at the rest; {@link #refresh} must follow. */
    void put(int task, double length) {
        lengths[task] = length;
    }

    /** Computes everything from the lengths. */
    void refresh() {
        for (int task = 0; task <= last; task++) {
            ends[task] = end(task);
        }
        for (int task = last; task >= 0; task--) {
            rests[task] = rest(task);
        }
        outdate();
    }

    private double end(int task) {
        double ready = 0;
        for (int i = graph.predecessorStarts[task]; i < graph.predecessorStarts[task + 1]; i++) {
            ready = Math.max(ready, ends[graph.predecessors[i]]);
        }
        return ready + graph.delays[task] + lengths[task];
    }

    private double rest(int task) {
        double tail = 0;
        for (int i = graph.successorStarts[task]; i < graph.successorStarts[task + 1]; i++) {
            tail = Math.max(tail, rests[graph.successors[i]]);
        }
        return tail + graph.delays[task] + lengths[task];
    }

    private void outdate() {
        version++;
        if (version == 0) {
            Arrays.fill(pastVersions, 0);
            version = 1;
        }
    }

    /** The longest path through a task if it had this length. */
    private double through(int task, double length) {
        return ends[task] + rests[task] - graph.delays[task] - 2 * lengths[task] + length;
    }

    /** The makespan if this one task had this length. Exact. */
    double makespanWith(int task, double length) {
        double makespan = makespan();
        if (length >= lengths[task]) {
            return Math.max(makespan, through(task, length));
        }
        if (!critical(task, makespan)) {
            return makespan;
        }
        return graph.knowsPassing
                ? Math.max(through(task, length), longestPast(task))
                : makespanWith(new int[] {task}, new double[] {length}, 1);
    }

    /** Not more than {@link #makespanWith}, and cheaper. */
    double atLeastWith(int task, double length) {
        double makespan = makespan();
        double through = through(task, length);
        if (length >= lengths[task] || !critical(task, makespan)) {
            return Math.max(makespan, through);
        }
        return Math.max(through, makespan - (lengths[task] - length));
    }

    /** By how much a task may grow before the run does. */
    double slack(int task) {
        return Math.max(0, makespan() - through(task, lengths[task]));
    }

    private boolean critical(int task, double makespan) {
        return through(task, lengths[task]) >= makespan * (1 - ROUNDING);
    }

    private double longestPast(int task) {
        if (pastVersions[task] == version) {
            return past[task];
        }
        double longest = 0;
        for (int i = graph.passingStarts[task]; i < graph.passingStarts[task + 1]; i++) {
            longest = Math.max(longest, ends[graph.passingFrom[i]] + rests[graph.passingTo[i]]);
        }
        past[task] = longest;
        pastVersions[task] = version;
        return longest;
    }

    /** Changes one length. */
    void set(int task, double length) {
        if (lengths[task] != length) {
            lengths[task] = length;
            moveEnds(task);
            moveRests(task);
            outdate();
        }
    }

    /** The makespan with some lengths changed, by carrying the changes on and taking them back. */
    double makespanWith(int[] tasks, double[] changed, int count) {
        double[] kept = new double[count];
        for (int i = 0; i < count; i++) {
            kept[i] = lengths[tasks[i]];
            lengths[tasks[i]] = changed[i];
            moveEnds(tasks[i]);
        }
        double result = makespan();
        for (int i = 0; i < count; i++) {
            lengths[tasks[i]] = kept[i];
            moveEnds(tasks[i]);
        }
        return result;
    }

    private void moveEnds(int first) {
        moved[first >> 6] |= 1L << first;
        for (int word = first >> 6; word < moved.length; word++) {
            while (moved[word] != 0) {
                int task = (word << 6) + Long.numberOfTrailingZeros(moved[word]);
                moved[word] &= moved[word] - 1;
                double end = end(task);
                if (end != ends[task]) {
                    ends[task] = end;
                    for (int i = graph.successorStarts[task]; i < graph.successorStarts[task + 1]; i++) {
                        int after = graph.successors[i];
                        moved[after >> 6] |= 1L << after;
                    }
                }
            }
        }
    }

    private void moveRests(int first) {
        moved[first >> 6] |= 1L << first;
        for (int word = first >> 6; word >= 0; word--) {
            while (moved[word] != 0) {
                int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(moved[word]);
                moved[word] &= ~(1L << bit);
                int task = (word << 6) + bit;
                double rest = rest(task);
                if (rest != rests[task]) {
                    rests[task] = rest;
                    for (int i = graph.predecessorStarts[task]; i < graph.predecessorStarts[task + 1]; i++) {
                        int before = graph.predecessors[i];
                        moved[before >> 6] |= 1L << before;
                    }
                }
            }
        }
    }
}
