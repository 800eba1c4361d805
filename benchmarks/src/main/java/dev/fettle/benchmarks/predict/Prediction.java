package dev.fettle.benchmarks.predict;

import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.validate.Measured;
import dev.fettle.core.validate.DryRunResult;
import java.util.Optional;

/**
 * One change, or several together: the speedup that was predicted from the original's traces, and the one that running both
 * versions gave. A speedup is the original's time for one of the changed version.
 *
 * @param low of the 90 % interval of the prediction
 * @param replayed the speedup that the replay of the original's runs of these pairs gives; NaN where none was complete
 * @param measured from paired runs, with its 95 % interval
 * @param ratioOfMeans mean time of the original by that of the changed version, over the same pairs: what is predicted
 * @param pairs that were run
 */
record Prediction(
        String change,
        double predicted,
        double low,
        double high,
        double replayed,
        Measured measured,
        double ratioOfMeans,
        int pairs) {
    /** @param paired the estimate from the original's runs of the pairs */
    static Prediction of(String change, MetricEstimate duration, Optional<Estimate> paired, DryRunResult result) {
        return new Prediction(
                change,
                speedup(duration),
                duration.before() / duration.high(),
                duration.before() / duration.low(),
                paired.map(estimate -> speedup(estimate.durationSeconds())).orElse(Double.NaN),
                result.report().speedup(),
                result.originalSeconds() / result.candidateSeconds(),
                result.report().runs());
    }

    static double speedup(MetricEstimate duration) {
        return duration.before() / duration.after();
    }

    /** The same for what was replayed from the pairs: the error of the replay alone. */
    double replayError() {
        return replayed / ratioOfMeans - 1;
    }

    /** By which part the prediction is above what was measured; negative where below. */
    double error() {
        return predicted / ratioOfMeans - 1;
    }
}
