package dev.fettle.core.estimate;

/**
 * Lengths of the steps of a placement, for clusters that change several steps of a run at once, or steps whose block
 * computes its length as a whole.
 */
final class SharedSteps {
    private final CompiledSpace space;
    private final TaskTimes[] times;

    /** By trace and step; not kept for steps that are a cluster's only one in their run and a task of their own. */
    private final double[][] seconds;

    SharedSteps(CompiledSpace space, TaskTimes[] times) {
        this.space = space;
        this.times = times;
        this.seconds = new double[times.length][];
        for (int t = 0; t < times.length; t++) {
            seconds[t] = space.recordedSeconds()[t].clone();
        }
    }

    /** Takes over the lengths of a cluster in a state. */
    void take(Lane lane, int state) {
        for (int t = 0; t < times.length; t++) {
            take(lane, state, t);
        }
    }

    private void take(Lane lane, int state, int trace) {
        double[] own = lane.rows(state).seconds();
        for (int i = lane.cluster.traceStarts[trace]; i < lane.cluster.traceStarts[trace + 1]; i++) {
            seconds[trace][lane.cluster.steps[i].index] = own[i];
        }
    }

    /** Gives all tasks their lengths. */
    void fill() {
        for (int t = 0; t < times.length; t++) {
            TaskGraph graph = times[t].graph();
            for (int step = 0; step < seconds[t].length; step++) {
                int task = graph.taskOfStep[step];
                if (task >= 0) {
                    times[t].put(task, units(t, task, step));
                }
            }
        }
    }

    private long units(int trace, int task, int step) {
        TaskGraph.Contended block = times[trace].graph().contended[task];
        if (block == null) {
            return times[trace].units(seconds[trace][step]);
        }
        return times[trace].units(block.seconds(seconds[trace], space.settings()));
    }

    /** The makespan of a run with a cluster in another state: its lengths are set, and set back. */
    long makespanWith(Lane lane, int state, int position) {
        int t = lane.traces[position];
        int from = lane.cluster.traceStarts[t];
        int to = lane.cluster.traceStarts[t + 1];
        return to - from == 1
                ? makespanWith(
                        t,
                        lane.tasks[from],
                        lane.cluster.steps[from].index,
                        lane.rows(state).seconds()[from])
                : makespanWith(lane, state, t, from, to);
    }

    /** The same where one step changes its length. */
    private long makespanWith(int trace, int task, int step, double length) {
        double kept = seconds[trace][step];
        if (length == kept) {
            return times[trace].makespan();
        }
        seconds[trace][step] = length;
        long units = units(trace, task, step);
        seconds[trace][step] = kept;
        return times[trace].makespanOf(task, units);
    }

    private long makespanWith(Lane lane, int state, int t, int from, int to) {
        double[] kept = new double[to - from];
        for (int i = from; i < to; i++) {
            kept[i - from] = seconds[t][lane.cluster.steps[i].index];
        }
        take(lane, state, t);
        int[] tasks = new int[to - from];
        long[] lengths = new long[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (lane.tasks[i] >= 0 && !contains(tasks, count, lane.tasks[i])) {
                lengths[count] = units(t, lane.tasks[i], lane.cluster.steps[i].index);
                tasks[count++] = lane.tasks[i];
            }
        }
        for (int i = from; i < to; i++) {
            seconds[t][lane.cluster.steps[i].index] = kept[i - from];
        }
        return count == 1 ? times[t].makespanOf(tasks[0], lengths[0]) : times[t].makespanWith(tasks, lengths, count);
    }

    private static boolean contains(int[] values, int count, int wanted) {
        for (int i = 0; i < count; i++) {
            if (values[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Puts a cluster into another state in one run; {@link TaskTimes#settle} must follow. */
    void change(Lane lane, int state, int position) {
        int t = lane.traces[position];
        take(lane, state, t);
        for (int i = lane.cluster.traceStarts[t]; i < lane.cluster.traceStarts[t + 1]; i++) {
            if (lane.tasks[i] >= 0) {
                times[t].change(lane.tasks[i], units(t, lane.tasks[i], lane.cluster.steps[i].index));
            }
        }
    }
}
