package dev.fettle.api.trace;

import dev.fettle.api.Stable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of a language or embedding model.
 *
 * @param model as the response names it, else as the request does; null where neither is recorded
 * @param start since the start of the trace
 * @param recordedUsd the cost that the trace states; null where it states none (then a price table decides)
 * @param inputHash hash of the input, for finding repeated calls; null where the input is not recorded
 */
@Stable
public record ModelCall(
        @Nullable String model,
        Duration start,
        Duration duration,
        TokenUsage tokens,
        Status status,
        @Nullable String errorType,
        @Nullable Double recordedUsd,
        @Nullable String inputHash,
        @Nullable String outputHash) {}
