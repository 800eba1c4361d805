package dev.fettle.core.estimate;

import org.jspecify.annotations.Nullable;

/** A candidate placed in an arrangement: lengths, heads and tails of all tasks, and the sums that make its score. */
final class Placement {
    private final CompiledSpace space;
    private final Arrangement arrangement;
    private final TaskTimes[] times;
    private final Lane[] lanes;

    /** By cluster. */
    private final int[] states;

    /** By trace and step. */
    private final double[][] seconds;

    private final SumTree durations;
    private final SumTree usd;
    private final SumTree quality;
    private final int runs;
    private final Score score;

    private Placement(CompiledSpace space, Arrangement arrangement, Lane[] lanes) {
        this.space = space;
        this.arrangement = arrangement;
        this.score = space.score();
        this.runs = arrangement.graphs().length;
        this.times = new TaskTimes[runs];
        this.seconds = new double[runs][];
        for (int t = 0; t < runs; t++) {
            times[t] = new TaskTimes(arrangement.graphs()[t]);
            seconds[t] = space.recordedSeconds()[t].clone();
        }
        this.lanes = lanes;
        this.states = new int[lanes.length];
        this.durations = new SumTree(runs);
        this.usd = new SumTree(lanes.length);
        this.quality = new SumTree(lanes.length);
    }

    /** Places a candidate; null where its options cannot be combined. */
    static @Nullable Placement of(CompiledSpace space, Arrangement arrangement, Lane[] lanes, int[] candidate) {
        Placement placement = new Placement(space, arrangement, lanes);
        return placement.fill(candidate) ? placement : null;
    }

    private boolean fill(int[] candidate) {
        for (int c = 0; c < lanes.length; c++) {
            Lane lane = lanes[c];
            for (int i = 0; i < lane.cluster.decisions.length; i++) {
                states[c] += candidate[lane.cluster.decisions[i]] * lane.cluster.radixes[i];
            }
            Rows rows = lane.rows(states[c]);
            if (rows == null) {
                return false;
            }
            for (int t = 0; t < runs; t++) {
                for (int i = lane.cluster.traceStarts[t]; i < lane.cluster.traceStarts[t + 1]; i++) {
                    seconds[t][lane.cluster.steps[i].index] = rows.seconds()[i];
                }
            }
            usd.set(c, lane.usd(states[c]));
            quality.set(c, lane.quality(states[c]));
        }
        for (int t = 0; t < runs; t++) {
            TaskGraph graph = times[t].graph();
            for (int step = 0; step < seconds[t].length; step++) {
                int task = graph.taskOfStep[step];
                if (task >= 0) {
                    times[t].put(task, length(t, task, step));
                }
            }
            times[t].refresh();
            durations.set(t, arrangement.weights()[t] * times[t].makespan());
        }
        return true;
    }

    private double length(int trace, int task, int step) {
        TaskGraph.Contended block = times[trace].graph().contended[task];
        if (block == null) {
            return seconds[trace][step];
        }
        double[] lengths = block.members().stream()
                .mapToDouble(member -> seconds[trace][member.index])
                .toArray();
        return BlockReplay.formed(block.members(), lengths, block.delays(), block.needs(), space.settings()).length;
    }

    double score() {
        return score(durations.total(), usd.total(), quality.total());
    }

    private double score(double duration, double money, double worth) {
        return score.of(
                duration / runs, (arrangement.usd() + money) / runs, 1 + worth / runs, arrangement.memoryBytes());
    }

    /** Mean seconds, mean USD, and mean quality with the sign turned. */
    double[] objectives() {
        return new double[] {
            durations.total() / runs, (arrangement.usd() + usd.total()) / runs, -1 - quality.total() / runs
        };
    }

    /** The score with one cluster in another state, or any value above the threshold where it is above. */
    double scoreWith(int cluster, int state, double threshold) {
        Lane lane = lanes[cluster];
        Rows rows = lane.rows(state);
        if (rows == null) {
            return Double.POSITIVE_INFINITY;
        }
        double money = usd.total() - lane.usd(states[cluster]) + lane.usd(state);
        double worth = quality.total() - lane.quality(states[cluster]) + lane.quality(state);
        if (runs == 1 && lane.traces.length == 1 && lane.singles[0] >= 0) {
            return ofOneRun(lane, rows, money, worth, threshold);
        }
        double duration = durations.total();
        for (int i = 0; i < lane.traces.length; i++) {
            int t = lane.traces[i];
            double makespan = makespanWith(lane, rows, i);
            duration += arrangement.weights()[t] * (makespan - times[t].makespan());
        }
        return score(duration, money, worth);
    }

    private double ofOneRun(Lane lane, Rows rows, double money, double worth, double threshold) {
        int step = lane.singles[0];
        int task = lane.tasks[step];
        double length = rows.seconds()[step];
        double weight = arrangement.weights()[0];
        double atLeast = score(weight * times[0].atLeastWith(task, length), money, worth);
        return atLeast > threshold ? atLeast : score(weight * times[0].makespanWith(task, length), money, worth);
    }

    private double makespanWith(Lane lane, Rows rows, int position) {
        int t = lane.traces[position];
        int single = lane.singles[position];
        if (single >= 0) {
            return times[t].makespanWith(lane.tasks[single], rows.seconds()[single]);
        }
        // several steps change: their lengths are set, the run is walked through, and all is set back
        int from = lane.cluster.traceStarts[t];
        int to = lane.cluster.traceStarts[t + 1];
        double[] kept = new double[to - from];
        int[] tasks = new int[to - from];
        double[] lengths = new double[to - from];
        for (int i = from; i < to; i++) {
            int step = lane.cluster.steps[i].index;
            kept[i - from] = seconds[t][step];
            seconds[t][step] = rows.seconds()[i];
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            if (lane.tasks[i] >= 0 && !contains(tasks, count, lane.tasks[i])) {
                lengths[count] = length(t, lane.tasks[i], lane.cluster.steps[i].index);
                tasks[count++] = lane.tasks[i];
            }
        }
        for (int i = from; i < to; i++) {
            seconds[t][lane.cluster.steps[i].index] = kept[i - from];
        }
        return count == 1 ? times[t].makespanWith(tasks[0], lengths[0]) : times[t].makespanWith(tasks, lengths, count);
    }

    private static boolean contains(int[] values, int count, int wanted) {
        for (int i = 0; i < count; i++) {
            if (values[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    int state(int cluster) {
        return states[cluster];
    }

    /** Puts one cluster into another state; false, with nothing changed, where that cannot be combined. */
    boolean apply(int cluster, int state) {
        Lane lane = lanes[cluster];
        Rows rows = lane.rows(state);
        if (rows == null) {
            return false;
        }
        states[cluster] = state;
        usd.set(cluster, lane.usd(state));
        quality.set(cluster, lane.quality(state));
        for (int t : lane.traces) {
            int from = lane.cluster.traceStarts[t];
            int to = lane.cluster.traceStarts[t + 1];
            for (int i = from; i < to; i++) {
                seconds[t][lane.cluster.steps[i].index] = rows.seconds()[i];
            }
            for (int i = from; i < to; i++) {
                if (lane.tasks[i] >= 0) {
                    times[t].set(lane.tasks[i], length(t, lane.tasks[i], lane.cluster.steps[i].index));
                }
            }
            durations.set(t, arrangement.weights()[t] * times[t].makespan());
        }
        return true;
    }
}
