package dev.fettle.api.trace;

import dev.fettle.api.Stable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool.
 *
 * @param argumentHash hash of the canonical arguments; null where they are not recorded
 * @param resultHash hash of the canonical result; null where it is not recorded
 * @param start since the start of the trace
 * @param cached whether a cache answered; null where that is not recorded
 * @param recordedUsd the cost that the trace states; null where it states none
 * @param arguments the arguments as canonical JSON, where the recorder keeps them; null otherwise
 * @param together what calls have in common that their node asked for at once, before it saw a result of any; unique among the
 *     calls of the occurrence. Null where the node asked for this one alone, or where that is not recorded
 */
@Stable
public record ToolCall(
        String tool,
        @Nullable String argumentHash,
        @Nullable String resultHash,
        Duration start,
        Duration duration,
        Status status,
        @Nullable String errorType,
        @Nullable Boolean cached,
        @Nullable Double recordedUsd,
        @Nullable String arguments,
        @Nullable String together) {
    /** A call of which it is not known that others were asked for at once. */
    public ToolCall(
            String tool,
            @Nullable String argumentHash,
            @Nullable String resultHash,
            Duration start,
            Duration duration,
            Status status,
            @Nullable String errorType,
            @Nullable Boolean cached,
            @Nullable Double recordedUsd,
            @Nullable String arguments) {
        this(tool, argumentHash, resultHash, start, duration, status, errorType, cached, recordedUsd, arguments, null);
    }
}
