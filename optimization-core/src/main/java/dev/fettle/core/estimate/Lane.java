package dev.fettle.core.estimate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A cluster in one arrangement: where its steps lie in the graphs, and its rows weighted by the traces. */
final class Lane {
    private static final byte UNKNOWN = 0;
    private static final byte READY = 1;
    private static final byte FATEFUL = 2;
    private static final byte REFUSED = 3;

    final Cluster cluster;
    private final CompiledSpace space;
    private final int index;
    private final Arrangement arrangement;
    private final boolean base;
    private final byte[] known;
    private final @Nullable Rows[] rows;

    /** In which {@code usd} is counted. */
    final Unit usdUnit;

    /** In which {@code quality} is counted. */
    final Unit qualityUnit;

    /** By state, where that is ready: what it adds to the weighted sum of cost over runs, compared with state 0. */
    final long[] usd;

    /** By state, where that is ready: what it adds to the sum of quality over runs. */
    final long[] quality;

    /** By step of the cluster: its task, or -1 where it does not run. */
    final int[] tasks;

    /** Traces in which steps of the cluster run. */
    final int[] traces;

    /** Whether each of these traces has only one of the steps. */
    final boolean alone;

    /** Whether that is so, and each is a task of its own. */
    final boolean single;

    /** By position in {@code traces}: the only step, and its task; empty where some trace has several. */
    final int[] aloneSteps;

    final int[] aloneTasks;

    /** The only task of the only run; -1 where there is more. */
    final int onlyTask;

    /** By state, where that is ready: the length of the only task; empty where there is more. */
    final long[] onlyLengths;

    /** By state, where that is ready, and position in {@code traces}: the lengths of these steps. */
    final long[][] units;

    /** What a placement knows of going from one state to another; null and NaN where nothing. */
    final double[] @Nullable [] leastChanges;

    /**
     * @param base whether no structural option is chosen
     */
    Lane(CompiledSpace space, int index, Arrangement arrangement, boolean base) {
        this.space = space;
        this.index = index;
        this.arrangement = arrangement;
        this.base = base;
        this.cluster = space.partition().clusters().get(index);
        this.rows = new @Nullable Rows[cluster.states];
        this.known = new byte[cluster.states];
        this.usdUnit = Unit.of(arrangement.weightedUsd(), space.greatestUsd());
        this.qualityUnit = Unit.of(arrangement.graphs().length, space.greatestQuality());
        this.usd = new long[cluster.states];
        this.quality = new long[cluster.states];
        this.tasks = new int[cluster.steps.length];
        int count = 0;
        int[] found = new int[arrangement.graphs().length];
        int[] only = new int[found.length];
        boolean several = false;
        boolean own = true;
        for (int t = 0; t < found.length; t++) {
            TaskGraph graph = arrangement.graphs()[t];
            int running = 0;
            for (int i = cluster.traceStarts[t]; i < cluster.traceStarts[t + 1]; i++) {
                tasks[i] = graph.taskOfStep[cluster.steps[i].index];
                if (tasks[i] >= 0) {
                    running++;
                    only[count] = i;
                    own &= graph.contended[tasks[i]] == null;
                }
            }
            if (running > 0) {
                several |= running > 1;
                found[count++] = t;
            }
        }
        traces = Arrays.copyOf(found, count);
        alone = !several;
        single = alone && own;
        aloneSteps = alone ? Arrays.copyOf(only, count) : new int[0];
        aloneTasks = tasksOf(aloneSteps);
        onlyTask = single && found.length == 1 && count == 1 ? aloneTasks[0] : -1;
        onlyLengths = new long[onlyTask >= 0 ? cluster.states : 0];
        units = new long[single ? cluster.states : 0][];
        leastChanges = new double[units.length] @Nullable [];
        for (int state = 0; base && cluster.states <= CompiledSpace.FEW_STATES && state < cluster.states; state++) {
            load(state);
        }
    }

    private int[] tasksOf(int[] positions) {
        int[] found = new int[positions.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = tasks[positions[i]];
        }
        return found;
    }

    /** Whether the options of a state can be combined with the arrangement; its rows are there then. */
    boolean ready(int state) {
        byte found = known[state];
        return found == READY || found == FATEFUL || (found == UNKNOWN && load(state));
    }

    /** Whether a state that is ready decides something about the ends of runs. */
    boolean fateful(int ready) {
        return known[ready] == FATEFUL;
    }

    /** The rows of a state that is ready. */
    Rows rows(int ready) {
        Rows loaded = rows[ready];
        if (loaded == null) {
            throw new IllegalStateException("the state " + ready + " is not ready");
        }
        return loaded;
    }

    /** What a state that is ready decides about the ends of runs; null where nothing. */
    @Nullable
    Fate fate(int ready) {
        return rows(ready).fate();
    }

    /** Adds to the marks, by trace, the runs that a state that is ready cuts short. */
    void cuts(Fate fate, boolean[] marks) {
        for (int t : traces) {
            for (int i = cluster.traceStarts[t]; i < cluster.traceStarts[t + 1]; i++) {
                marks[t] |= fate.cut()[i] && tasks[i] >= 0;
            }
        }
    }

    /** The chance that the steps that failed in a run do not fail any more. */
    double rescued(Fate fate, int trace) {
        double chance = 1;
        for (int i = cluster.traceStarts[trace]; i < cluster.traceStarts[trace + 1]; i++) {
            chance *= tasks[i] >= 0 ? fate.rescued()[i] : 1;
        }
        return chance;
    }

    /** What a state that is ready adds to the cost of a run, compared with state 0. */
    double usd(int ready, int trace) {
        double[] now = rows(ready).usd();
        double[] unchanged = space.rows(index, 0).usd();
        double more = 0;
        for (int i = cluster.traceStarts[trace]; i < cluster.traceStarts[trace + 1]; i++) {
            more += tasks[i] >= 0 ? now[i] - unchanged[i] : 0;
        }
        return more;
    }

    private boolean load(int wanted) {
        Rows loaded = space.rows(index, wanted);
        boolean fits = !loaded.refused() && (base || wanted == 0 || space.fits(arrangement, index, wanted));
        if (!fits) {
            known[wanted] = REFUSED;
            return false;
        }
        known[wanted] = loaded.fate() == null ? READY : FATEFUL;
        rows[wanted] = loaded;
        weigh(wanted, loaded, wanted == 0 ? loaded : space.rows(index, 0));
        if (single) {
            units[wanted] = units(loaded.seconds());
            if (onlyTask >= 0) {
                onlyLengths[wanted] = units[wanted][0];
            }
        }
        return true;
    }

    private void weigh(int state, Rows loaded, Rows unchanged) {
        double[] now = loaded.usd();
        double[] then = unchanged.usd();
        double[] weights = arrangement.weights();
        double money = 0;
        double worth = 0;
        for (int t = 0; t < weights.length; t++) {
            for (int i = cluster.traceStarts[t]; i < cluster.traceStarts[t + 1]; i++) {
                if (tasks[i] >= 0) {
                    money += weights[t] * (now[i] - then[i]);
                }
            }
            worth += loaded.quality()[t];
        }
        usd[state] = usdUnit.count(money);
        quality[state] = qualityUnit.count(worth);
    }

    private long[] units(double[] seconds) {
        long[] counted = new long[traces.length];
        for (int position = 0; position < counted.length; position++) {
            counted[position] = TaskTimes.units(seconds[aloneSteps[position]], space.unit(traces[position]));
        }
        return counted;
    }
}
