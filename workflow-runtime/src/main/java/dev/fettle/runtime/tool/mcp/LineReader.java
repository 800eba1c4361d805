package dev.fettle.runtime.tool.mcp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text, none of which may be longer than a limit. */
final class LineReader implements AutoCloseable {
    private final InputStream in;
    private final int limit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** @param limit in bytes, without the line's end */
    LineReader(InputStream in, int limit) {
        this.in = new BufferedInputStream(in, 1 << 13);
        this.limit = limit;
    }

    /**
     * The next line without its end; null where there is none.
     *
     * @throws LineTooLongException where it is longer than the limit
     */
    @Nullable
    String next() throws IOException {
        line.reset();
        int value = in.read();
        if (value < 0) {
            return null;
        }
        while (value >= 0 && value != '\n') {
            if (line.size() == limit) {
                throw new LineTooLongException(limit);
            }
            line.write(value);
            value = in.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
