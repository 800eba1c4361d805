package dev.fettle.runtime.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body of a known length that fails where it ends before it: the platform takes a lost connection for the end. */
final class WholeInputStream extends FilterInputStream {
    private final long length;
    private long count;

    WholeInputStream(InputStream in, long length) {
        super(in);
        this.length = length;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count += value >= 0 ? 1 : 0;
        requireWhole(value < 0);
        return value;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        int read = super.read(bytes, from, most);
        count += Math.max(0, read);
        requireWhole(read < 0);
        return read;
    }

    private void requireWhole(boolean ended) throws IOException {
        if (ended && count < length) {
            throw new IOException("the answer broke off after " + count + " of " + length + " bytes");
        }
    }
}
