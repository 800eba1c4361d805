package dev.fettle.core.estimate;

import java.util.Arrays;

/**
 * Lengths of the tasks of one graph, and from them heads and tails: the earliest start of each task, and the time from its
 * end to the end of the run. With both, the effect of a single change of length on the makespan is known without walking
 * the graph, as in the local search for job shops (E. Taillard, ORSA Journal on Computing 6, 1994): a path through the task
 * is head + length + tail, and a path that does not go through it takes an edge that leads past it.
 */
final class TaskTimes {
    private static final double ROUNDING = 1e-12;

    private final TaskGraph graph;
    private final double[] lengths;
    private final double[] heads;
    private final double[] tails;

    /** Longest path past each task, as long as {@code pastVersions} has the current version. */
    private final double[] past;

    private final int[] pastVersions;
    private int version = 1;
    private double makespan;

    TaskTimes(TaskGraph graph) {
        this.graph = graph;
        this.lengths = graph.constants.clone();
        this.heads = new double[graph.size];
        this.tails = new double[graph.size];
        this.past = new double[graph.size];
        this.pastVersions = new int[graph.size];
    }

    TaskGraph graph() {
        return graph;
    }

    double makespan() {
        return makespan;
    }

    double length(int task) {
        return lengths[task];
    }

    /** Sets a length without looking at the rest; {@link #refresh} must follow. */
    void put(int task, double length) {
        lengths[task] = length;
    }

    /** Computes everything from the lengths. */
    void refresh() {
        forward(0);
        backward(graph.size - 1);
        settle();
    }

    /** The makespan if this one task had this length. Exact. */
    double makespanWith(int task, double length) {
        double through = heads[task] + length + tails[task];
        if (length >= lengths[task]) {
            return Math.max(makespan, through);
        }
        if (!critical(task)) {
            return makespan;
        }
        return graph.knowsPassing
                ? Math.max(through, longestPast(task))
                : makespanWith(new int[] {task}, new double[] {length}, 1);
    }

    /** Not more than {@link #makespanWith}, and cheaper. */
    double atLeastWith(int task, double length) {
        double through = heads[task] + length + tails[task];
        if (length >= lengths[task] || !critical(task)) {
            return Math.max(makespan, through);
        }
        return Math.max(through, makespan - (lengths[task] - length));
    }

    private boolean critical(int task) {
        return heads[task] + lengths[task] + tails[task] >= makespan * (1 - ROUNDING);
    }

    private double longestPast(int task) {
        if (pastVersions[task] == version) {
            return past[task];
        }
        double longest = 0;
        for (int i = graph.passingStarts[task]; i < graph.passingStarts[task + 1]; i++) {
            int from = graph.passingFrom[i];
            int to = graph.passingTo[i];
            longest = Math.max(longest, heads[from] + lengths[from] + graph.delays[to] + lengths[to] + tails[to]);
        }
        past[task] = longest;
        pastVersions[task] = version;
        return longest;
    }

    /** Changes one length. */
    void set(int task, double length) {
        if (lengths[task] != length) {
            lengths[task] = length;
            forward(task + 1);
            backward(task - 1);
            settle();
        }
    }

    /** The makespan with some lengths changed, by a walk through the whole graph; nothing is kept. */
    double makespanWith(int[] tasks, double[] changed, int count) {
        double[] kept = new double[count];
        for (int i = 0; i < count; i++) {
            kept[i] = lengths[tasks[i]];
            lengths[tasks[i]] = changed[i];
        }
        forward(0);
        double result = Math.max(0, heads[graph.size - 1] + lengths[graph.size - 1]);
        for (int i = 0; i < count; i++) {
            lengths[tasks[i]] = kept[i];
        }
        forward(0);
        return result;
    }

    private void forward(int first) {
        for (int task = first; task < graph.size; task++) {
            double ready = 0;
            for (int i = graph.predecessorStarts[task]; i < graph.predecessorStarts[task + 1]; i++) {
                int before = graph.predecessors[i];
                ready = Math.max(ready, heads[before] + lengths[before]);
            }
            heads[task] = ready + graph.delays[task];
        }
    }

    private void backward(int last) {
        for (int task = last; task >= 0; task--) {
            double tail = 0;
            for (int i = graph.successorStarts[task]; i < graph.successorStarts[task + 1]; i++) {
                int after = graph.successors[i];
                tail = Math.max(tail, graph.delays[after] + lengths[after] + tails[after]);
            }
            tails[task] = tail;
        }
    }

    private void settle() {
        int last = graph.size - 1;
        makespan = Math.max(0, heads[last] + lengths[last]);
        version++;
        if (version == 0) {
            Arrays.fill(pastVersions, 0);
            version = 1;
        }
    }
}
