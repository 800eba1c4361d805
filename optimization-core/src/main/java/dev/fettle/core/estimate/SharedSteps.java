package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of the steps of a placement, for clusters that change several steps of a run at once, or steps whose block
 * computes its length as a whole.
 */
final class SharedSteps {
    private final CompiledSpace space;
    private final TaskTimes[] times;

    /** By trace and step; not kept for steps that are a cluster's only one in their run and a task of their own. */
    private final double[][] seconds;

    private final List<BlockLengths> blocks = new ArrayList<>();

    /** By lane of steps that are alone in their runs: what is remembered of the blocks in which they are. */
    private final @Nullable BlockLengths[] blocksOf;

    SharedSteps(CompiledSpace space, TaskTimes[] times) {
        this.space = space;
        this.times = times;
        this.seconds = new double[times.length][];
        this.blocksOf = new @Nullable BlockLengths[space.partition().clusters().size()];
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

    /**
     * The lengths of the tasks of a lane whose steps are alone in their runs, with its cluster in a state.
     *
     * @param states of all clusters
     */
    long[] lengths(Lane lane, int cluster, int state, int[] states) {
        BlockLengths block = blocksOf[cluster];
        if (block == null) {
            block = block(lane);
            blocksOf[cluster] = block;
        }
        long combination = block.combination(states, cluster, state);
        long[] lengths = block.of(combination);
        if (lengths == null) {
            lengths = computed(lane, state);
            block.remember(combination, lengths);
        }
        return lengths;
    }

    private long[] computed(Lane lane, int state) {
        double[] own = lane.rows(state).seconds();
        long[] lengths = new long[lane.traces.length];
        for (int i = 0; i < lengths.length; i++) {
            int step = lane.cluster.steps[lane.aloneSteps[i]].index;
            double[] ofRun = seconds[lane.traces[i]];
            double kept = ofRun[step];
            ofRun[step] = own[lane.aloneSteps[i]];
            lengths[i] = units(lane.traces[i], lane.aloneTasks[i], step);
            ofRun[step] = kept;
        }
        return lengths;
    }

    /** What is remembered of the tasks of a lane; clusters in the same tasks share it. */
    private BlockLengths block(Lane lane) {
        for (BlockLengths known : blocks) {
            if (known.areOf(lane.traces, lane.aloneTasks)) {
                return known;
            }
        }
        boolean[] inside = new boolean[blocksOf.length];
        for (int i = 0; i < lane.traces.length; i++) {
            int t = lane.traces[i];
            TaskGraph.Contended block = times[t].graph().contended[lane.aloneTasks[i]];
            int[] members = block == null ? new int[] {lane.cluster.steps[lane.aloneSteps[i]].index} : block.members();
            for (int member : members) {
                int cluster = space.clusterOfStep(t, member);
                inside[Math.max(0, cluster)] |= cluster >= 0;
            }
        }
        int[] clusters = new int[inside.length];
        int[] states = new int[inside.length];
        int count = 0;
        for (int c = 0; c < inside.length; c++) {
            states[c] = space.partition().clusters().get(c).states;
            if (inside[c]) {
                clusters[count++] = c;
            }
        }
        BlockLengths made = new BlockLengths(
                space.roomForLengths(), lane.traces, lane.aloneTasks, Arrays.copyOf(clusters, count), states);
        blocks.add(made);
        return made;
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
