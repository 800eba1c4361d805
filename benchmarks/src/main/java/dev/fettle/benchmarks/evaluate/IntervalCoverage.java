package dev.fettle.benchmarks.evaluate;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.ReplaySettings;
import java.util.List;
import java.util.function.Function;

/** Counts how often the interval predicted from some runs of a workflow holds the mean of as many others. */
final class IntervalCoverage {
    private final ModelCatalogue models;
    private final Tally duration = new Tally();
    private final Tally cost = new Tally();

    IntervalCoverage(ModelCatalogue models) {
        this.models = models;
    }

    /** Predicts from one part of the runs of a workflow and looks at the other. */
    void add(Workflow workflow, List<ExecutionTrace> predicting, List<ExecutionTrace> held) {
        Estimate predicted = estimate(workflow, predicting);
        Estimate truth = estimate(workflow, held);
        duration.add(predicted, truth, Estimate::durationSeconds);
        cost.add(predicted, truth, Estimate::costUsd);
    }

    private Estimate estimate(Workflow workflow, List<ExecutionTrace> traces) {
        return new ReplayEstimator(workflow, traces, models, ReplaySettings.forThisMachine())
                .estimate(List.of())
                .orElseThrow();
    }

    Tally duration() {
        return duration;
    }

    Tally cost() {
        return cost;
    }

    /** Cases of one metric. */
    static final class Tally {
        private int cases;
        private int covered;

        private void add(Estimate predicted, Estimate truth, Function<Estimate, MetricEstimate> metric) {
            MetricEstimate one = metric.apply(predicted);
            MetricEstimate other = metric.apply(truth);
            boolean known = Double.isFinite(one.low()) && Double.isFinite(other.after());
            // what is nothing in all runs is no prediction
            if (!known || (one.high() == 0 && other.after() == 0)) {
                return;
            }
            cases++;
            covered += one.low() <= other.after() && other.after() <= one.high() ? 1 : 0;
        }

        int cases() {
            return cases;
        }

        /** The share of cases in which the held-out mean is within the interval of the prediction. */
        double covered() {
            return (double) covered / cases;
        }
    }
}
