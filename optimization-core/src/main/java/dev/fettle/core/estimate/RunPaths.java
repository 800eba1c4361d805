package dev.fettle.core.estimate;

/** The tasks of all runs one behind the other, with lengths that may be mixtures, and a price for the time of each. */
final class RunPaths {
    /** By run: its first task; one more for the end of the last. */
    final int[] firstTasks;

    /** By task. */
    final double[] lengths;

    /** By task: the part of its run's price that passes through it. */
    final double[] prices;

    /** By run: what a second of it adds to the score. */
    private final double[] perSecond;

    private final TaskGraph[] graphs;
    private final double[] ends;
    private final int[] comesFrom;

    private RunPaths(TaskGraph[] graphs, double[] perSecond) {
        this.graphs = graphs;
        this.perSecond = perSecond;
        firstTasks = new int[graphs.length + 1];
        for (int t = 0; t < graphs.length; t++) {
            firstTasks[t + 1] = firstTasks[t] + graphs[t].size();
        }
        int tasks = firstTasks[graphs.length];
        lengths = new double[tasks];
        prices = new double[tasks];
        ends = new double[tasks];
        comesFrom = new int[tasks];
    }

    /**
     * The runs in an arrangement with no other option.
     *
     * @param lanes of all clusters
     */
    static RunPaths of(CompiledSpace space, Arrangement arrangement, Lane[] lanes) {
        TaskGraph[] graphs = arrangement.graphs();
        double[] perSecond = new double[graphs.length];
        TaskTimes[] times = new TaskTimes[graphs.length];
        for (int t = 0; t < graphs.length; t++) {
            perSecond[t] = space.score().objective(arrangement.weights()[t] / graphs.length, 0, 0);
            times[t] = new TaskTimes(graphs[t], space.unit(t));
        }
        SharedSteps steps = new SharedSteps(space, times);
        for (Lane lane : lanes) {
            if (lane.ready(0)) {
                steps.take(lane, 0);
            }
        }
        steps.fill();
        RunPaths paths = new RunPaths(graphs, perSecond);
        for (int t = 0; t < graphs.length; t++) {
            for (int task = 0; task < graphs[t].size(); task++) {
                paths.lengths[paths.firstTasks[t] + task] = times[t].length(task);
            }
        }
        return paths;
    }

    /** What a second of a task costs. */
    double price(int run, int task) {
        return perSecond[run] * prices[task];
    }

    /** Mixes the longest path of each run into the prices. */
    void walk(double step) {
        for (int i = 0; i < prices.length; i++) {
            prices[i] *= 1 - step;
        }
        for (int t = 0; t < graphs.length; t++) {
            int first = firstTasks[t];
            walk(graphs[t], first);
            for (int task = graphs[t].size() - 1; task >= 0; task = comesFrom[first + task]) {
                prices[first + task] += step;
            }
        }
    }

    private void walk(TaskGraph graph, int first) {
        Precedence before = graph.order.before;
        for (int task = 0; task < graph.size(); task++) {
            double start = 0;
            int latest = -1;
            for (int i = before.starts[task]; i < before.starts[task + 1]; i++) {
                double end = ends[first + before.all[i]];
                if (end > start || latest < 0) {
                    start = end;
                    latest = before.all[i];
                }
            }
            comesFrom[first + task] = latest;
            ends[first + task] = start + graph.delays[task] + lengths[first + task];
        }
    }
}
