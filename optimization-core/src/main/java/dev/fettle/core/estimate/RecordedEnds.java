package dev.fettle.core.estimate;

import dev.fettle.api.trace.Status;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the recorded runs ended.
 *
 * @param failed positions of the traces of runs that failed
 * @param completed of all others
 */
record RecordedEnds(int[] failed, int[] completed) {
    static RecordedEnds of(List<ReplayTrace> traces) {
        return new RecordedEnds(
                IntStream.range(0, traces.size())
                        .filter(t -> failed(traces.get(t)))
                        .toArray(),
                IntStream.range(0, traces.size())
                        .filter(t -> !failed(traces.get(t)))
                        .toArray());
    }

    private static boolean failed(ReplayTrace trace) {
        return trace.trace.status() == Status.ERROR;
    }

    /** The run that stands in for what a failed run would do if it went on; the run itself where none completed. */
    int standIn(int trace) {
        return completed.length == 0 ? trace : completed[trace % completed.length];
    }

    /**
     * How much the time and money of each run count in the sums over runs: more than 1 where it stands in for others.
     *
     * @param rescued by trace: the chance that it does not fail any more
     */
    double[] weights(double[] rescued) {
        double[] weights = new double[rescued.length];
        for (int t = 0; t < weights.length; t++) {
            weights[t] += 1 - rescued[t];
            weights[standIn(t)] += rescued[t];
        }
        return weights;
    }
}
