package dev.fettle.api.plan;

import dev.fettle.api.Evolving;
import java.util.List;

/**
 * What a set of changes is expected to do, from replaying recorded traces under it.
 *
 * @param durationSeconds mean wall-clock time of a run
 * @param durationP50Seconds and the other quantiles: over the replayed traces
 * @param costUsd mean cost of a run
 * @param success part of runs that succeed
 * @param quality relative to the recorded outcomes, in [0, 1]
 * @param confidence in [0, 1]: how much of the estimate rests on measurement
 * @param assumptions in words, each with who made it
 */
@Evolving
public record Estimate(
        MetricEstimate durationSeconds,
        MetricEstimate durationP50Seconds,
        MetricEstimate durationP95Seconds,
        MetricEstimate durationP99Seconds,
        MetricEstimate costUsd,
        MetricEstimate success,
        MetricEstimate quality,
        double confidence,
        int replayedTraces,
        List<String> assumptions) {
    public Estimate {
        assumptions = List.copyOf(assumptions);
    }
}
