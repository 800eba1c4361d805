package dev.fettle.core.record;

import org.jspecify.annotations.Nullable;

/** Takes out of a value what must not be kept in a file. The same value gives the same result. */
@FunctionalInterface
public interface Redaction {
    /** Keeps everything. */
    Redaction NONE = value -> value;

    /**
     * @param value a JSON value
     */
    @Nullable
    Object redact(@Nullable Object value);
}
