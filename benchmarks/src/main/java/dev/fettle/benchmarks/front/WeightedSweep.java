package dev.fettle.benchmarks.front;

import dev.fettle.benchmarks.choicedag.ChoiceDag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Instances that differ in their weights alone, which are spread evenly over all shares of duration, cost and quality. The
 * optima of all of them are the supported part of the front.
 */
final class WeightedSweep {
    /** Keeps every weight above zero, so that no optimum is dominated by another candidate that ties with it. */
    private static final double LEAST_SHARE = 1e-3;

    private static final double SCALE = 1e7;

    private WeightedSweep() {}

    /**
     * @param steps of each share from 0 to 1; at least 1
     * @return (steps + 1) (steps + 2) / 2 instances
     */
    static List<ChoiceDag> of(ChoiceDag dag, int steps) {
        double duration = range(dag, ChoiceDag.Option::duration) / Math.max(1, depth(dag));
        double cost = range(dag, ChoiceDag.Option::cost);
        double quality = range(dag, ChoiceDag.Option::quality);
        List<ChoiceDag> sweep = new ArrayList<>();
        for (int d = 0; d <= steps; d++) {
            for (int c = 0; c <= steps - d; c++) {
                sweep.add(new ChoiceDag(
                        weight(d, steps, duration),
                        weight(c, steps, cost),
                        weight(steps - d - c, steps, quality),
                        (long) SCALE,
                        dag.parents(),
                        dag.options()));
            }
        }
        return sweep;
    }

    private static long weight(int share, int steps, double range) {
        return Math.max(1, Math.round(SCALE * Math.max(LEAST_SHARE, (double) share / steps) / range));
    }

    /** By how much the sum over all nodes can differ. */
    private static double range(ChoiceDag dag, ToLongFunction<ChoiceDag.Option> value) {
        long range = 0;
        for (List<ChoiceDag.Option> own : dag.options()) {
            range += own.stream().mapToLong(value).max().orElse(0)
                    - own.stream().mapToLong(value).min().orElse(0);
        }
        return Math.max(1, range);
    }

    /** How many times as long as the longest path all nodes would take one after the other, about. */
    private static double depth(ChoiceDag dag) {
        int[] length = new int[dag.nodes()];
        int longest = 1;
        for (int node = 0; node < length.length; node++) {
            length[node] = 1;
            for (int parent : dag.parents().get(node)) {
                length[node] = Math.max(length[node], length[parent] + 1);
            }
            longest = Math.max(longest, length[node]);
        }
        return (double) dag.nodes() / longest;
    }
}
