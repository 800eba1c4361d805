package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.trace.ExecutionTrace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run gave.
 *
 * @param state the final state
 * @param output the part of the state that the workflow declares as output; the whole state where it declares none
 * @param error why the run failed, for a person; null where it did not
 * @param effects results of external effects, for replaying them
 * @param pause how to go on, where the run waits for a person (its trace then has the status PAUSED); null where it ended
 * @param answered calls that a recording answered; their recorded times are part of the trace's
 * @param spentUsd by the executor's own reckoning, which may know more than the trace: what a call that broke off may have
 *     cost. 0 where it does not reckon
 */
@Evolving
public record ExecutionResult(
        ExecutionTrace trace,
        Map<String, Object> state,
        Map<String, Object> output,
        @Nullable String error,
        List<RecordedEffect> effects,
        @Nullable Pause pause,
        int answered,
        double spentUsd) {
    public ExecutionResult {
        effects = List.copyOf(effects);
    }

    /** A run of an executor that does not reckon what is spent. */
    public ExecutionResult(
            ExecutionTrace trace,
            Map<String, Object> state,
            Map<String, Object> output,
            @Nullable String error,
            List<RecordedEffect> effects,
            @Nullable Pause pause,
            int answered) {
        this(trace, state, output, error, effects, pause, answered, 0);
    }

    /** A run that has ended, in which nothing was answered from a recording. */
    public ExecutionResult(
            ExecutionTrace trace,
            Map<String, Object> state,
            Map<String, Object> output,
            @Nullable String error,
            List<RecordedEffect> effects) {
        this(trace, state, output, error, effects, null, 0);
    }
}
