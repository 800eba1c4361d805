package dev.fettle.core.estimate;

import java.util.Arrays;

/** A candidate placed in an arrangement: lengths, heads and tails of all tasks, and the sums that make its score. */
final class Placement {
    private static final double ROUNDING = 1e-12;

    private final CompiledSpace space;
    private final Arrangement arrangement;
    private final TaskTimes[] times;
    private final Lane[] lanes;
    private final SharedSteps shared;
    private final Endings endings;

    /** By cluster. */
    private final int[] states;

    /** By trace: what a unit of time adds to the weighted mean of seconds. */
    private final double[] perUnit;

    /** The first run, for lanes that have a task in the only one. */
    private final TaskTimes onlyRun;

    private final double onlyPerUnit;
    private final double weightedUsd;
    private final double memoryBytes;

    private final SumTree durations;

    /** Of all clusters, in the units of the lanes. */
    private long usd;

    private long quality;
    private final double usdPerUnit;
    private final double qualityPerUnit;
    private final double perRun;
    private final Score score;

    /** Makespans of a candidate that is looked at. */
    private final long[] makespans;

    /** Places the candidate whose only options are the structural ones of the arrangement. */
    Placement(CompiledSpace space, Arrangement arrangement, Lane[] lanes) {
        int runs = arrangement.graphs().length;
        this.space = space;
        this.arrangement = arrangement;
        this.score = space.score();
        this.perRun = 1.0 / runs;
        this.times = new TaskTimes[runs];
        this.perUnit = new double[runs];
        for (int t = 0; t < runs; t++) {
            times[t] = new TaskTimes(arrangement.graphs()[t], space.unit(t));
            perUnit[t] = space.unit(t) * arrangement.weights()[t] / runs;
        }
        this.onlyRun = times[0];
        this.onlyPerUnit = perUnit[0];
        this.weightedUsd = arrangement.weightedUsd();
        this.memoryBytes = arrangement.memoryBytes();
        this.lanes = lanes;
        this.shared = new SharedSteps(space, times);
        this.endings = new Endings(space, arrangement, lanes);
        this.states = new int[lanes.length];
        this.durations = new SumTree(runs);
        this.usdPerUnit = lanes.length == 0 ? 0 : lanes[0].usdUnit.size();
        this.qualityPerUnit = lanes.length == 0 ? 0 : lanes[0].qualityUnit.size();
        this.makespans = new long[runs];
        for (Lane lane : lanes) {
            if (!lane.ready(0)) {
                throw new IllegalStateException("a cluster without options is refused");
            }
            shared.take(lane, 0);
        }
        shared.fill();
        for (int t = 0; t < runs; t++) {
            times[t].refresh();
            durations.set(t, perUnit[t] * times[t].makespan());
        }
    }

    /** Moves to another candidate of the same arrangement; false, with nothing changed, where it cannot be combined. */
    boolean moveTo(int[] candidate) {
        int[] wanted = states(candidate);
        if (wanted.length == 0 && lanes.length > 0) {
            return false;
        }
        boolean[] changed = new boolean[times.length];
        for (int c = 0; c < lanes.length; c++) {
            if (wanted[c] != states[c]) {
                put(c, wanted[c]);
                change(c, wanted[c], changed);
            }
        }
        settle(changed);
        return true;
    }

    /** By cluster: the state in which a candidate has it; empty where one of them cannot be combined. */
    private int[] states(int[] candidate) {
        int[] wanted = new int[lanes.length];
        for (int c = 0; c < lanes.length; c++) {
            wanted[c] = lanes[c].cluster.state(candidate);
            if (!lanes[c].ready(wanted[c])) {
                return new int[0];
            }
        }
        return wanted;
    }

    /** Gives the tasks of a cluster their lengths in a state, and marks the runs. */
    private void change(int cluster, int state, boolean[] changed) {
        Lane lane = lanes[cluster];
        long[] lengths = lane.alone ? lengths(cluster, state) : new long[0];
        for (int i = 0; i < lane.traces.length; i++) {
            int t = lane.traces[i];
            if (lane.alone) {
                times[t].change(lane.aloneTasks[i], lengths[i]);
            } else {
                shared.change(lane, state, i);
            }
            changed[t] = true;
        }
        if (lane.alone && !lane.single) {
            shared.take(lane, state);
        }
    }

    /** By position in its traces: the lengths of the tasks of a cluster whose steps are alone in their runs. */
    private long[] lengths(int cluster, int state) {
        Lane lane = lanes[cluster];
        return lane.single ? lane.units[state] : shared.lengths(lane, cluster, state, states);
    }

    private void settle(boolean[] changed) {
        for (int t = 0; t < changed.length; t++) {
            if (changed[t]) {
                times[t].settle();
                durations.set(t, perUnit[t] * times[t].makespan());
            }
        }
    }

    /** All of a state but the lengths. */
    private void put(int cluster, int state) {
        Lane lane = lanes[cluster];
        int from = states[cluster];
        states[cluster] = state;
        usd += lane.usd[state] - lane.usd[from];
        quality += lane.quality[state] - lane.quality[from];
        if (lane.fateful(from) || lane.fateful(state)) {
            endings.set(cluster, state);
        }
    }

    double score() {
        double duration = durations.total();
        double money = usd * usdPerUnit;
        double worth = quality * qualityPerUnit;
        if (!endings.any()) {
            return score(duration, money, worth);
        }
        for (int t = 0; t < makespans.length; t++) {
            makespans[t] = times[t].makespan();
        }
        return scoreOfEndings(duration, money, worth);
    }

    private double score(double duration, double money, double worth) {
        return score.of(duration, (weightedUsd + money) * perRun, 1 + worth * perRun, memoryBytes);
    }

    /** The score where states decide the ends of runs; {@code makespans} holds what runs would take if they went on. */
    private double scoreOfEndings(double duration, double money, double worth) {
        int lost = endings.lost();
        if (lost > 0) {
            return Score.lost(lost * perRun);
        }
        double[] change = endings.change(states, t -> makespans[t] * space.unit(t));
        return score(duration + change[0] * perRun, money + change[1], worth);
    }

    /** Whether runs fail that did not in the record. */
    boolean losesRuns() {
        return endings.any() && endings.lost() > 0;
    }

    /** Mean seconds, mean USD, and mean quality with the sign turned; not where runs are lost. */
    double[] objectives() {
        double seconds = durations.total();
        double money = weightedUsd + usd * usdPerUnit;
        if (endings.any()) {
            double[] change = endings.change(states, t -> times[t].makespan() * space.unit(t));
            seconds += change[0] * perRun;
            money += change[1];
        }
        return new double[] {seconds, money * perRun, -1 - quality * qualityPerUnit * perRun};
    }

    /**
     * The score with one cluster in another state, or any value above the threshold where it is above; positive infinity
     * where that cannot be combined.
     */
    double scoreWith(int cluster, int state, double threshold) {
        Lane lane = lanes[cluster];
        if (!lane.ready(state)) {
            return Double.POSITIVE_INFINITY;
        }
        int from = states[cluster];
        double money = (usd + lane.usd[state] - lane.usd[from]) * usdPerUnit;
        double worth = (quality + lane.quality[state] - lane.quality[from]) * qualityPerUnit;
        if (endings.any() || lane.fateful(state)) {
            return withEndings(cluster, state, money, worth);
        }
        if (lane.onlyTask >= 0) {
            return ofOneTask(lane, from, state, money, worth, threshold);
        }
        double bound = score(durations.total() + leastChange(cluster, from, state), money, worth);
        if (bound > threshold) {
            return bound;
        }
        look(cluster, from, state);
        return score(durationLookedAt(lane), money, worth);
    }

    /**
     * A bound on the change of the weighted mean of seconds: no run gets shorter by more than the tasks that change; where
     * these are not known one by one, minus infinity. For lengths that depend on nothing else it is computed once.
     */
    private double leastChange(int cluster, int from, int state) {
        Lane lane = lanes[cluster];
        if (!lane.alone) {
            return Double.NEGATIVE_INFINITY;
        }
        if (!lane.single || lane.cluster.states > CompiledSpace.FEW_PAIRS) {
            return leastChange(lane, lengths(cluster, from), lengths(cluster, state));
        }
        double[] known = lane.leastChanges[from];
        if (known == null) {
            known = new double[lane.cluster.states];
            Arrays.fill(known, Double.NaN);
            lane.leastChanges[from] = known;
        }
        if (Double.isNaN(known[state])) {
            known[state] = leastChange(lane, lane.units[from], lane.units[state]);
        }
        return known[state];
    }

    private double leastChange(Lane lane, long[] before, long[] after) {
        double least = 0;
        for (int i = 0; i < before.length; i++) {
            least += perUnit[lane.traces[i]] * Math.min(0, after[i] - before[i]);
        }
        // what rounding may hide is not promised
        return least - ROUNDING * durations.total();
    }

    /** Finds the makespans of the runs in which a cluster in another state makes a difference. */
    private void look(int cluster, int from, int state) {
        Lane lane = lanes[cluster];
        if (lane.alone) {
            long[] before = lengths(cluster, from);
            long[] after = lengths(cluster, state);
            for (int i = 0; i < before.length; i++) {
                int t = lane.traces[i];
                makespans[t] = times[t].makespanWith(lane.aloneTasks[i], after[i] - before[i]);
            }
        } else {
            for (int i = 0; i < lane.traces.length; i++) {
                makespans[lane.traces[i]] = shared.makespanWith(lane, state, i);
            }
        }
    }

    /** The weighted mean of seconds with the makespans of these runs as they were found. */
    private double durationLookedAt(Lane lane) {
        double duration = durations.total();
        for (int t : lane.traces) {
            duration += perUnit[t] * (makespans[t] - times[t].makespan());
        }
        return duration;
    }

    private double withEndings(int cluster, int state, double money, double worth) {
        int from = states[cluster];
        Lane lane = lanes[cluster];
        endings.set(cluster, state);
        states[cluster] = state;
        double result = Double.NaN;
        int lost = endings.lost();
        if (lost > 0) {
            result = Score.lost(lost * perRun);
        } else {
            for (int t = 0; t < makespans.length; t++) {
                makespans[t] = times[t].makespan();
            }
            look(cluster, from, state);
            result = scoreOfEndings(durationLookedAt(lane), money, worth);
        }
        states[cluster] = from;
        endings.set(cluster, from);
        return result;
    }

    /** Where only one task of one run changes, a bound often tells that the threshold is missed. */
    private double ofOneTask(Lane lane, int from, int state, double money, double worth, double threshold) {
        TaskTimes run = onlyRun;
        int task = lane.onlyTask;
        long longer = lane.onlyLengths[state] - lane.onlyLengths[from];
        long makespan = run.makespan();
        long through = run.through(task);
        boolean relieved = longer < 0 && through == makespan;
        long least = relieved ? makespan + longer : Math.max(makespan, through + longer);
        double bound = score(onlyPerUnit * least, money, worth);
        return !relieved || bound > threshold
                ? bound
                : score(onlyPerUnit * run.makespanWith(task, longer), money, worth);
    }

    /** Whether this is the very arrangement; to compare what is in them would take long. */
    @SuppressWarnings("ReferenceEquality")
    boolean isIn(Arrangement other) {
        return arrangement == other;
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
        put(cluster, state);
        if (lane.alone) {
            set(cluster, state);
        } else {
            for (int i = 0; i < lane.traces.length; i++) {
                shared.change(lane, state, i);
                times[lane.traces[i]].settle();
            }
        }
        for (int t : lane.traces) {
            durations.set(t, perUnit[t] * times[t].makespan());
        }
        return true;
    }

    private void set(int cluster, int state) {
        Lane lane = lanes[cluster];
        long[] lengths = lengths(cluster, state);
        for (int i = 0; i < lengths.length; i++) {
            times[lane.traces[i]].set(lane.aloneTasks[i], lengths[i]);
        }
        if (!lane.single) {
            shared.take(lane, state);
        }
    }
}
