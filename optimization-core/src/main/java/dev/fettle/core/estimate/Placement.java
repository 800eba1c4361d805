package dev.fettle.core.estimate;

import org.jspecify.annotations.Nullable;

/** A candidate placed in an arrangement: lengths, heads and tails of all tasks, and the sums that make its score. */
final class Placement {
    private final Arrangement arrangement;
    private final TaskTimes[] times;
    private final Lane[] lanes;
    private final SharedSteps shared;

    /** By cluster. */
    private final int[] states;

    /** By trace: what a unit of time adds to the weighted mean of seconds. */
    private final double[] perUnit;

    private final SumTree durations;
    private final SumTree usd;
    private final SumTree quality;
    private final double perRun;
    private final Score score;

    private Placement(CompiledSpace space, Arrangement arrangement, Lane[] lanes) {
        int runs = arrangement.graphs().length;
        this.arrangement = arrangement;
        this.score = space.score();
        this.perRun = 1.0 / runs;
        this.times = new TaskTimes[runs];
        this.perUnit = new double[runs];
        for (int t = 0; t < runs; t++) {
            times[t] = new TaskTimes(arrangement.graphs()[t], space.unit(t));
            perUnit[t] = space.unit(t) * arrangement.weights()[t] / runs;
        }
        this.lanes = lanes;
        this.shared = new SharedSteps(space, times);
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
            if (!lane.ready(states[c])) {
                return false;
            }
            shared.take(lane, states[c]);
            usd.set(c, lane.usd[states[c]]);
            quality.set(c, lane.quality[states[c]]);
        }
        shared.fill();
        for (int t = 0; t < times.length; t++) {
            times[t].refresh();
            durations.set(t, perUnit[t] * times[t].makespan());
        }
        return true;
    }

    double score() {
        return score(durations.total(), usd.total(), quality.total());
    }

    private double score(double duration, double money, double worth) {
        return score.of(duration, (arrangement.usd() + money) * perRun, 1 + worth * perRun, arrangement.memoryBytes());
    }

    /** Mean seconds, mean USD, and mean quality with the sign turned. */
    double[] objectives() {
        return new double[] {
            durations.total(), (arrangement.usd() + usd.total()) * perRun, -1 - quality.total() * perRun
        };
    }

    /**
     * The score with one cluster in another state, or any value above the threshold where it is above; not a number where
     * only a full replay tells.
     */
    double scoreWith(int cluster, int state, double threshold) {
        Lane lane = lanes[cluster];
        if (!lane.ready(state)) {
            return lane.refused(state) ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        int from = states[cluster];
        double money = usd.total() + (lane.usd[state] - lane.usd[from]);
        double worth = quality.total() + (lane.quality[state] - lane.quality[from]);
        if (times.length == 1 && lane.singleTasks.length == 1) {
            return ofOneTask(lane, from, state, money, worth, threshold);
        }
        double duration = durations.total();
        for (int i = 0; i < lane.traces.length; i++) {
            int t = lane.traces[i];
            long makespan = lane.single
                    ? times[t].makespanWith(lane.singleTasks[i], longer(lane, from, state, i))
                    : shared.makespanWith(lane, state, i);
            duration += perUnit[t] * (makespan - times[t].makespan());
        }
        return score(duration, money, worth);
    }

    private static long longer(Lane lane, int from, int to, int position) {
        int width = lane.traces.length;
        return lane.units[to * width + position] - lane.units[from * width + position];
    }

    /** Where only one task of one run changes, a bound often tells that the threshold is missed. */
    private double ofOneTask(Lane lane, int from, int state, double money, double worth, double threshold) {
        TaskTimes run = times[0];
        int task = lane.singleTasks[0];
        long longer = lane.units[state] - lane.units[from];
        long makespan = run.makespan();
        long through = run.through(task);
        boolean relieved = longer < 0 && through == makespan;
        long least = relieved ? makespan + longer : Math.max(makespan, through + longer);
        double bound = score(perUnit[0] * least, money, worth);
        return !relieved || bound > threshold
                ? bound
                : score(perUnit[0] * run.makespanWith(task, longer), money, worth);
    }

    int state(int cluster) {
        return states[cluster];
    }

    /** Puts one cluster into another state; false, with nothing changed, where that cannot be combined. */
    boolean apply(int cluster, int state) {
        Lane lane = lanes[cluster];
        if (!lane.ready(state)) {
            return false;
        }
        states[cluster] = state;
        usd.set(cluster, lane.usd[state]);
        quality.set(cluster, lane.quality[state]);
        for (int i = 0; i < lane.traces.length; i++) {
            int t = lane.traces[i];
            if (lane.single) {
                times[t].set(lane.singleTasks[i], lane.units[state * lane.traces.length + i]);
            } else {
                shared.set(lane, state, i);
            }
            durations.set(t, perUnit[t] * times[t].makespan());
        }
        return true;
    }
}
