package dev.fettle.runtime.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails where it is longer than a limit. */
public final class LimitedInputStream extends FilterInputStream {
    private final long limit;
    private long count;

    public LimitedInputStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            add(1);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        add(Math.max(0, read));
        return read;
    }

    private void add(int read) throws IOException {
        count += read;
        if (count > limit) {
            throw new IOException("the answer is longer than " + limit + " bytes");
        }
    }
}
