package dev.fettle.runtime.effect;

import dev.fettle.api.execute.RecordedCall;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an outside call.
 *
 * @param value a JSON value
 * @param recorded the recorded call that answered; null where the call was made
 */
public record Asked(@Nullable Object value, @Nullable RecordedCall recorded) {}
