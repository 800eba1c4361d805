package dev.fettle.api.ingest;

import dev.fettle.api.Stable;
import dev.fettle.api.trace.ExecutionTrace;

/** Takes what a reader found. */
@Stable
public interface TraceSink {
    void accept(ExecutionTrace trace);

    /**
     * Something could not be read.
     *
     * @param place file, and line, byte or trace within it
     * @param reason one sentence with the value and what was expected
     */
    void reject(String place, String reason);
}
