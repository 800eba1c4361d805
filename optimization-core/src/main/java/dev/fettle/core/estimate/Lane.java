package dev.fettle.core.estimate;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A cluster in one arrangement: where its steps lie in the graphs, and its rows weighted by the traces. */
final class Lane {
    final Cluster cluster;
    private final CompiledSpace space;
    private final int index;
    private final Arrangement arrangement;
    private final boolean base;
    private final @Nullable Rows[] rows;
    private final BitSet refused = new BitSet();
    private final double[] usd;
    private final double[] quality;

    /** By step of the cluster: its task, or -1 where it does not run. */
    final int[] tasks;

    /** Traces in which steps of the cluster run. */
    final int[] traces;

    /** By position in {@code traces}: the step, where it is the only one and a task of its own; else -1. */
    final int[] singles;

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
        this.usd = new double[cluster.states];
        this.quality = new double[cluster.states];
        this.tasks = new int[cluster.steps.length];
        int count = 0;
        int[] found = new int[arrangement.graphs().length];
        int[] alone = new int[found.length];
        for (int t = 0; t < found.length; t++) {
            TaskGraph graph = arrangement.graphs()[t];
            int running = 0;
            int single = -1;
            for (int i = cluster.traceStarts[t]; i < cluster.traceStarts[t + 1]; i++) {
                tasks[i] = graph.taskOfStep[cluster.steps[i].index];
                if (tasks[i] >= 0) {
                    running++;
                    single = graph.contended[tasks[i]] == null ? i : -1;
                }
            }
            if (running > 0) {
                alone[count] = running == 1 ? single : -1;
                found[count++] = t;
            }
        }
        traces = Arrays.copyOf(found, count);
        singles = Arrays.copyOf(alone, count);
    }

    /** The rows of a state; null where its options cannot be combined with the arrangement. */
    @Nullable
    Rows rows(int wanted) {
        Rows known = rows[wanted];
        return known != null ? known : refused.get(wanted) ? null : load(wanted);
    }

    private @Nullable Rows load(int wanted) {
        Rows loaded = space.rows(index, wanted);
        boolean fit = loaded.applicable() && (base || wanted == 0 || space.fits(arrangement.workflow(), index, wanted));
        if (!fit) {
            refused.set(wanted);
            return null;
        }
        Rows unchanged = wanted == 0 ? loaded : space.rows(index, 0);
        for (int t = 0; t < arrangement.graphs().length; t++) {
            for (int i = cluster.traceStarts[t]; i < cluster.traceStarts[t + 1]; i++) {
                if (tasks[i] >= 0) {
                    usd[wanted] += arrangement.weights()[t]
                            * (loaded.usd()[i] - unchanged.usd()[i]);
                }
            }
            quality[wanted] += loaded.quality()[t];
        }
        rows[wanted] = loaded;
        return loaded;
    }

    /** What a loaded state adds to the weighted sum of cost over runs, compared with state 0. */
    double usd(int loaded) {
        return usd[loaded];
    }

    /** What a loaded state adds to the sum of quality over runs. */
    double quality(int loaded) {
        return quality[loaded];
    }
}
