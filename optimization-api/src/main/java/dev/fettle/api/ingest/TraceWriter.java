package dev.fettle.api.ingest;

import dev.fettle.api.Plugin;
import dev.fettle.api.Stable;
import dev.fettle.api.trace.ExecutionTrace;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes execution traces in one format, so that the {@link TraceReader} of that format gives back equal traces.
 * Registered with {@code @AutoService(TraceWriter.class)}.
 */
@Stable
public interface TraceWriter extends Plugin {
    /**
     * Appends one trace; several calls on one stream make one file.
     *
     * @param output stays open
     * @throws IOException where the stream fails
     */
    void write(ExecutionTrace trace, OutputStream output) throws IOException;
}
