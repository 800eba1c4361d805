package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.ToolCall;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An outside call that was made, with its answer.
 *
 * @param result the answer as a JSON value; null also where the call failed
 * @param errorType the class of the failure; null where the call succeeded
 * @param error the message of the failure; null where there is none
 * @param duration what the call took
 * @param modelCalls and {@code toolCalls}: made inside, where the call is a whole node; their starts count from its start
 */
@Evolving
public record RecordedCall(
        OutsideCall call,
        @Nullable Object result,
        @Nullable String errorType,
        @Nullable String error,
        Duration duration,
        List<ModelCall> modelCalls,
        List<ToolCall> toolCalls) {
    public RecordedCall {
        modelCalls = List.copyOf(modelCalls);
        toolCalls = List.copyOf(toolCalls);
    }

    /** A call that succeeded, with nothing inside that is known. */
    public static RecordedCall of(OutsideCall call, @Nullable Object result, Duration duration) {
        return new RecordedCall(call, result, null, null, duration, List.of(), List.of());
    }

    public boolean failed() {
        return errorType != null;
    }
}
