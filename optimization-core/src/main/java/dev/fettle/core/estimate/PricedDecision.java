package dev.fettle.core.estimate;

import java.util.Optional;

/**
 * A decision that changes the lengths of some tasks, by how much each option changes them, and a mixture of its options.
 * Where several decisions change the same steps, each one's effect is taken by itself.
 */
final class PricedDecision {
    final int decision;

    /** By place: the run and the task that change. */
    private final int[] runs;

    private final int[] tasks;

    /** By option and place: seconds more than with option 0; empty where the option cannot be taken. */
    private final double[][] seconds;

    /** By option: the change of the score that is not by duration; infinite where the option cannot be taken. */
    private final double[] own;

    /** By option: the change of the means. */
    private final double[] usd;

    private final double[] quality;

    /** By place: seconds of the mixture more than with option 0. */
    private final double[] mixed;

    /** The same of the means. */
    private double mixedUsd;

    private double mixedQuality;

    private PricedDecision(int decision, int[] runs, int[] tasks, int options) {
        this.decision = decision;
        this.runs = runs;
        this.tasks = tasks;
        this.seconds = new double[options][];
        this.own = new double[options];
        this.usd = new double[options];
        this.quality = new double[options];
        this.mixed = new double[tasks.length];
    }

    /** Nothing where a block is computed as a whole. Options that decide how runs end count as ones that cannot be taken. */
    static Optional<PricedDecision> of(
            CompiledSpace space, Arrangement arrangement, RunPaths paths, Lane lane, int decision) {
        Cluster cluster = lane.cluster;
        int n = cluster.steps.length;
        int[] runs = new int[n];
        int[] tasks = new int[n];
        for (int t = 0; t < arrangement.graphs().length; t++) {
            for (int i = cluster.traceStarts[t]; i < cluster.traceStarts[t + 1]; i++) {
                if (lane.tasks[i] >= 0 && arrangement.graphs()[t].contended[lane.tasks[i]] != null) {
                    return Optional.empty();
                }
                runs[i] = t;
                tasks[i] = lane.tasks[i] < 0 ? -1 : paths.firstTasks[t] + lane.tasks[i];
            }
        }
        int options = space.partition().optionCounts()[decision];
        PricedDecision priced = new PricedDecision(decision, runs, tasks, options);
        double count = arrangement.graphs().length;
        for (int option = 0; option < options; option++) {
            int state = option * space.partition().radixOf()[decision];
            if (!lane.ready(state) || lane.fateful(state)) {
                priced.seconds[option] = new double[0];
                priced.own[option] = Double.POSITIVE_INFINITY;
            } else {
                priced.seconds[option] = more(lane, state);
                priced.usd[option] = lane.usdUnit.amount(lane.usd[state] - lane.usd[0]) / count;
                priced.quality[option] = lane.qualityUnit.amount(lane.quality[state] - lane.quality[0]) / count;
                priced.own[option] = space.score().objective(0, priced.usd[option], priced.quality[option]);
            }
        }
        return Optional.of(priced);
    }

    private static double[] more(Lane lane, int state) {
        double[] more = lane.rows(state).seconds().clone();
        double[] unchanged = lane.rows(0).seconds();
        for (int i = 0; i < more.length; i++) {
            more[i] = lane.tasks[i] < 0 ? 0 : more[i] - unchanged[i];
        }
        return more;
    }

    /** What an option costs more than option 0, in units of the score. */
    private double cost(int option, RunPaths paths, BoundPrices bounds) {
        double cost = own[option] + bounds.cost(quality[option], usd[option]);
        double[] more = seconds[option];
        for (int i = 0; i < more.length; i++) {
            cost += tasks[i] < 0 || more[i] == 0 ? 0 : more[i] * paths.price(runs[i], tasks[i]);
        }
        return cost;
    }

    /** Mixes in the cheapest option at the prices, which is returned. */
    int mix(RunPaths paths, BoundPrices bounds, double step) {
        int cheapest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int option = 0; option < own.length; option++) {
            double cost = cost(option, paths, bounds);
            if (cost < least) {
                least = cost;
                cheapest = option;
            }
        }
        double[] more = seconds[cheapest];
        for (int i = 0; i < mixed.length; i++) {
            if (tasks[i] >= 0) {
                double next = mixed[i] + step * (more[i] - mixed[i]);
                paths.lengths[tasks[i]] += next - mixed[i];
                mixed[i] = next;
            }
        }
        mixedUsd += step * (usd[cheapest] - mixedUsd);
        mixedQuality += step * (quality[cheapest] - mixedQuality);
        return cheapest;
    }

    double mixedUsd() {
        return mixedUsd;
    }

    double mixedQuality() {
        return mixedQuality;
    }

    double[] reducedCosts(RunPaths paths, BoundPrices bounds) {
        double[] costs = new double[own.length];
        double least = Double.POSITIVE_INFINITY;
        for (int option = 0; option < costs.length; option++) {
            costs[option] = cost(option, paths, bounds);
            least = Math.min(least, costs[option]);
        }
        for (int option = 0; option < costs.length; option++) {
            costs[option] -= least;
        }
        return costs;
    }
}
