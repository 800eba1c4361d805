package dev.fettle.api.ingest;

import dev.fettle.api.Plugin;
import dev.fettle.api.Stable;
import java.io.IOException;

/**
 * Reads one format of recorded telemetry. Registered with {@code @AutoService(TraceReader.class)}.
 *
 * <p>A reader streams: memory does not grow with the number of traces. What cannot be read is reported to the sink with
 * its place, and reading goes on behind it where that is possible.
 */
@Stable
public interface TraceReader extends Plugin {
    /**
     * Whether the content is of this format.
     *
     * @param head the first bytes, decompressed; at most {@link #HEAD_BYTES}
     */
    boolean recognizes(byte[] head);

    /** How many bytes {@link #recognizes} gets to see at most. */
    int HEAD_BYTES = 1 << 16;

    /**
     * Reads all traces.
     *
     * @throws IOException where the stream itself fails
     */
    void read(ReadContext context) throws IOException;
}
