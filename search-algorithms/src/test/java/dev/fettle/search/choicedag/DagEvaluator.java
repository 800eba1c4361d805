package dev.fettle.search.choicedag;

import dev.fettle.api.search.CandidateEvaluator;

/**
 * Heads (earliest start) and tails (longest path after the end) of all nodes give the makespan after most single changes
 * at once; only a shorter duration on a critical path needs a propagation.
 */
final class DagEvaluator implements CandidateEvaluator {
    private final ChoiceDag dag;
    private final int[] current;
    private final double[] time;
    private final double[] head;
    private final double[] tail;
    private final double[] scratch;
    private double makespan;
    private double ownSum;

    DagEvaluator(ChoiceDag dag) {
        this.dag = dag;
        current = new int[dag.nodes];
        time = new double[dag.nodes];
        head = new double[dag.nodes];
        tail = new double[dag.nodes];
        scratch = new double[dag.nodes];
        reset(current.clone());
    }

    @Override
    public double reset(int[] candidate) {
        ownSum = 0;
        for (int node = 0; node < current.length; node++) {
            current[node] = candidate[node];
            time[node] = dag.duration[node * dag.options + candidate[node]];
            ownSum += dag.own[node * dag.options + candidate[node]];
        }
        propagate();
        return score();
    }

    @Override
    public double score() {
        return dag.makespanWeight * makespan + ownSum;
    }

    @Override
    public int option(int decision) {
        return current[decision];
    }

    @Override
    public double scoreWith(int node, int option, double threshold) {
        int row = node * dag.options;
        double changedOwn = ownSum + dag.own[row + option] - dag.own[row + current[node]];
        double changed = dag.duration[row + option];
        double through = head[node] + changed + tail[node];
        double old = time[node];
        if (changed >= old || head[node] + old + tail[node] < makespan * (1 - 1e-12)) {
            return dag.makespanWeight * Math.max(makespan, through) + changedOwn;
        }
        double bound = dag.makespanWeight * Math.max(through, makespan - (old - changed)) + changedOwn;
        if (bound > threshold) {
            return bound;
        }
        time[node] = changed;
        double longest = forward(scratch, node);
        time[node] = old;
        return dag.makespanWeight * longest + changedOwn;
    }

    @Override
    public double apply(int node, int option) {
        int row = node * dag.options;
        ownSum += dag.own[row + option] - dag.own[row + current[node]];
        current[node] = option;
        time[node] = dag.duration[row + option];
        propagate();
        return score();
    }

    @Override
    public double[] objectives() {
        double costs = 0;
        double qualities = 0;
        for (int node = 0; node < current.length; node++) {
            costs += dag.cost[node * dag.options + current[node]];
            qualities += dag.quality[node * dag.options + current[node]];
        }
        return new double[] {makespan, costs, -qualities};
    }

    /** How much longer a node could take without lengthening the makespan. */
    double slack(int node) {
        return makespan - head[node] - time[node] - tail[node];
    }

    private void propagate() {
        makespan = forward(head, 0);
        for (int node = tail.length - 1; node >= 0; node--) {
            double longest = 0;
            for (int child : dag.children[node]) {
                longest = Math.max(longest, time[child] + tail[child]);
            }
            tail[node] = longest;
        }
    }

    /** Fills in the heads from a node on, those before it taken from the current candidate. */
    private double forward(double[] into, int from) {
        double longest = 0;
        for (int node = 0; node < from; node++) {
            longest = Math.max(longest, head[node] + time[node]);
        }
        for (int node = from; node < into.length; node++) {
            double start = 0;
            for (int parent : dag.parents[node]) {
                start = Math.max(start, (parent < from ? head[parent] : into[parent]) + time[parent]);
            }
            into[node] = start;
            longest = Math.max(longest, start + time[node]);
        }
        return longest;
    }
}
