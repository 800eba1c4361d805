package dev.fettle.core.validate;

import dev.fettle.api.trace.ExecutionTrace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one version.
 *
 * @param seconds wall-clock time; NaN where the run failed
 * @param error why the run failed; null where it did not
 * @param trace null where the executor gave none
 */
public record RunMeasure(
        double seconds,
        RunCost cost,
        Map<String, Object> output,
        @Nullable String error,
        @Nullable ExecutionTrace trace) {
    static RunMeasure failed(String error, @Nullable ExecutionTrace trace) {
        return new RunMeasure(Double.NaN, RunCost.NONE, Map.of(), error, trace);
    }

    public boolean succeeded() {
        return error == null;
    }
}
