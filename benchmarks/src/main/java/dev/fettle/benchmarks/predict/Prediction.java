package dev.fettle.benchmarks.predict;

import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.validate.Measured;
import dev.fettle.core.validate.DryRunResult;

/**
 * One change, or several together: the speedup that was predicted from the original's traces, and the one that running both
 * versions gave. A speedup is the original's time for one of the changed version.
 *
 * @param low of the 90 % interval of the prediction
 * @param measured from paired runs, with its 95 % interval
 * @param ratioOfMeans mean time of the original by that of the changed version, over the same pairs: what is predicted
 * @param pairs that were run
 */
record Prediction(
        String change, double predicted, double low, double high, Measured measured, double ratioOfMeans, int pairs) {
    static Prediction of(String change, MetricEstimate duration, DryRunResult result) {
        return new Prediction(
                change,
                speedup(duration),
                duration.before() / duration.high(),
                duration.before() / duration.low(),
                result.report().speedup(),
                result.originalSeconds() / result.candidateSeconds(),
                result.report().runs());
    }

    static double speedup(MetricEstimate duration) {
        return duration.before() / duration.after();
    }

    /** By which part the prediction is above what was measured; negative where below. */
    double error() {
        return predicted / ratioOfMeans - 1;
    }
}
