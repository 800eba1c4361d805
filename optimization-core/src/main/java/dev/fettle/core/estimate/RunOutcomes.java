package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.List;

/** The runs of the sample under one candidate, each metric as an array. */
final class RunOutcomes {
    final double[] seconds;
    final double[] usd;
    final double[] success;
    final double[] quality;
    final int pricedCalls;
    final int unpricedCalls;
    final double memoryBytes;
    final double assumedSeconds;
    final int rescuedRuns;
    final int lostRuns;

    RunOutcomes(List<TraceOutcome> runs) {
        List<TraceOutcome> completed = completed(runs);
        int n = runs.size();
        seconds = new double[n];
        usd = new double[n];
        quality = new double[n];
        List<Double> known = new ArrayList<>();
        int rescued = 0;
        for (int i = 0; i < n; i++) {
            TraceOutcome run = runs.get(i);
            // what a rescued run does after the point where it failed was not recorded: a completed run stands in
            double weight = completed.isEmpty() ? 0 : run.rescued();
            TraceOutcome other = completed.isEmpty() ? run : completed.get(i % completed.size());
            seconds[i] = run.seconds() + weight * (other.seconds() - run.seconds());
            usd[i] = run.usd() + weight * (other.usd() - run.usd());
            quality[i] = run.quality();
            rescued += run.rescued() > 0 ? 1 : 0;
            if (!Double.isNaN(run.success())) {
                known.add(run.success());
            }
        }
        success = known.stream().mapToDouble(Double::doubleValue).toArray();
        rescuedRuns = rescued;
        lostRuns = (int) runs.stream().filter(TraceOutcome::lost).count();
        pricedCalls = runs.stream().mapToInt(TraceOutcome::pricedCalls).sum();
        unpricedCalls = runs.stream().mapToInt(TraceOutcome::unpricedCalls).sum();
        memoryBytes = runs.stream().mapToDouble(TraceOutcome::memoryBytes).max().orElse(0);
        assumedSeconds = runs.stream().mapToDouble(TraceOutcome::assumedSeconds).sum();
    }

    private static List<TraceOutcome> completed(List<TraceOutcome> runs) {
        return runs.stream()
                .filter(run -> run.rescued() == 0 && run.success() != 0)
                .toList();
    }

    /** Whether no call that costs money has a known price. */
    boolean costUnknown() {
        return pricedCalls == 0 && unpricedCalls > 0;
    }

    double meanUsd() {
        return Bootstrap.mean(usd);
    }
}
