package dev.fettle.core.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A source's content: unpacked where it is gzip, without a byte order mark, and with its first bytes at hand. A failure
 * of the stream ends the content, so that a reader keeps what came before, and is told by {@link #failure}.
 */
final class OpenedSource implements AutoCloseable {
    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;
    private static final int BUFFER = 1 << 16;

    private final InputStream content;
    private final byte[] head;
    private final boolean gzip;
    private @Nullable IOException failure;

    OpenedSource(InputStream raw, int headBytes, LongConsumer progress) throws IOException {
        PushbackInputStream start = new PushbackInputStream(new Counting(raw, progress), 2);
        byte[] magic = start.readNBytes(2);
        start.unread(magic);
        gzip = magic.length == 2 && (magic[0] & 0xff) == GZIP_1 && (magic[1] & 0xff) == GZIP_2;
        content = new Ending(gzip ? new GZIPInputStream(start, BUFFER) : start);
        byte[] first = content.readNBytes(headBytes);
        boolean mark =
                first.length >= 3 && first[0] == (byte) 0xef && first[1] == (byte) 0xbb && first[2] == (byte) 0xbf;
        head = mark ? Arrays.copyOfRange(first, 3, first.length) : first;
    }

    /** The first bytes. */
    byte[] head() {
        return head;
    }

    /** All content from its first byte; to be taken once. */
    InputStream content() {
        return new SequenceInputStream(new ByteArrayInputStream(head), content);
    }

    /** What ended the content early; null where nothing did. */
    @Nullable
    String failure() {
        if (failure == null) {
            return null;
        }
        return (gzip ? "the gzip data is damaged or cut (" : "reading failed (") + TraceFiles.reason(failure) + ")";
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private final class Ending extends InputStream {
        private final InputStream input;

        Ending(InputStream input) {
            this.input = input;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (failure != null) {
                return -1;
            }
            try {
                return input.read(target, offset, length);
            } catch (IOException end) {
                failure = end;
                return -1;
            }
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }

    private static final class Counting extends InputStream {
        private final InputStream input;
        private final LongConsumer progress;

        Counting(InputStream input, LongConsumer progress) {
            this.input = input;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int b = input.read();
            if (b >= 0) {
                progress.accept(1);
            }
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = input.read(target, offset, length);
            if (count > 0) {
                progress.accept(count);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
