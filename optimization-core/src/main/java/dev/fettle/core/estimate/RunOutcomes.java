package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.Arrays;
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
        double[] known = new double[n];
        int knownRuns = 0;
        int priced = 0;
        int unpriced = 0;
        int rescued = 0;
        int lost = 0;
        double memory = 0;
        double assumed = 0;
        for (int i = 0; i < n; i++) {
            TraceOutcome run = runs.get(i);
            // what a rescued run does after the point where it failed was not recorded: a completed run stands in
            double weight = completed.isEmpty() ? 0 : run.rescued();
            TraceOutcome other = completed.isEmpty() ? run : completed.get(i % completed.size());
            seconds[i] = run.seconds() + weight * (other.seconds() - run.seconds());
            usd[i] = run.usd() + weight * (other.usd() - run.usd());
            quality[i] = run.quality();
            rescued += run.rescued() > 0 ? 1 : 0;
            lost += run.lost() ? 1 : 0;
            priced += run.pricedCalls();
            unpriced += run.unpricedCalls();
            memory = Math.max(memory, run.memoryBytes());
            assumed += run.assumedSeconds();
            if (!Double.isNaN(run.success())) {
                known[knownRuns++] = run.success();
            }
        }
        success = Arrays.copyOf(known, knownRuns);
        rescuedRuns = rescued;
        lostRuns = lost;
        pricedCalls = priced;
        unpricedCalls = unpriced;
        memoryBytes = memory;
        assumedSeconds = assumed;
    }

    private static List<TraceOutcome> completed(List<TraceOutcome> runs) {
        List<TraceOutcome> completed = new ArrayList<>();
        for (TraceOutcome run : runs) {
            if (run.rescued() == 0 && run.success() != 0) {
                completed.add(run);
            }
        }
        return completed;
    }

    /** Whether no call that costs money has a known price. */
    boolean costUnknown() {
        return pricedCalls == 0 && unpricedCalls > 0;
    }

    double meanUsd() {
        return Bootstrap.mean(usd);
    }
}
