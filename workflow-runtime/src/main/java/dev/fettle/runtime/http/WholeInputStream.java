package dev.fettle.runtime.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * A body of a known length that fails where it ends before it: older platforms take a lost connection for the end, later ones
 * do not say how much they had.
 */
final class WholeInputStream extends FilterInputStream {
    private final long length;
    private long count;

    WholeInputStream(InputStream in, long length) {
        super(in);
        this.length = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        int read;
        try {
            read = super.read(bytes, from, most);
        } catch (InterruptedIOException | SocketException e) {
            // a time limit, or a connection that was reset or closed, says so itself
            throw e;
        } catch (IOException e) {
            throw brokeOff(e);
        }
        count += Math.max(0, read);
        if (read < 0 && count < length) {
            throw brokeOff(null);
        }
        return read;
    }

    private IOException brokeOff(@Nullable IOException cause) {
        return new IOException("the answer broke off after " + count + " of " + length + " bytes", cause);
    }
}
