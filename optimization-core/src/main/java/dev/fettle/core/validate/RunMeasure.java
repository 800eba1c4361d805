package dev.fettle.core.validate;

import dev.fettle.api.trace.ExecutionTrace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one version.
 *
 * @param seconds wall-clock time; NaN where the run failed
 * @param effects what the run did outside, or what a recording did in its place
 * @param error why the run failed; null where it did not
 * @param trace null where the executor gave none
 */
public record RunMeasure(
        double seconds,
        RunCost cost,
        Map<String, Object> output,
        EffectTrail effects,
        @Nullable String error,
        @Nullable ExecutionTrace trace) {
    /** @param effects that it had before it failed */
    static RunMeasure failed(String error, EffectTrail effects, @Nullable ExecutionTrace trace) {
        return new RunMeasure(Double.NaN, RunCost.NONE, Map.of(), effects, error, trace);
    }

    public boolean succeeded() {
        return error == null;
    }
}
