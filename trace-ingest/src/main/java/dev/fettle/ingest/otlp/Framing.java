package dev.fettle.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;

/** How messages are put into a protobuf file. */
enum Framing {
    /** One message. */
    PLAIN,
    /** Each message behind its length as a varint. */
    VARINT,
    /** Each message behind its length as four bytes, big end first, as the OpenTelemetry collector's file exporter does. */
    FIXED,
    NONE;

    /** Enough for two lengths and two tags. */
    private static final int PEEK = 32;

    private static final int RESOURCE_SPANS = 0x0a;
    private static final int MAX_MESSAGE = 1 << 28;

    /** The framing, and the input from its first byte. */
    record Peeked(Framing framing, InputStream input) {}

    static Peeked peek(InputStream input) throws IOException {
        PushbackInputStream pushback = new PushbackInputStream(input, PEEK);
        byte[] head = new byte[PEEK];
        int length = pushback.readNBytes(head, 0, PEEK);
        pushback.unread(head, 0, length);
        return new Peeked(of(Arrays.copyOf(head, length)), pushback);
    }

    static Framing of(byte[] head) {
        if (isMessage(head, 0, Long.MAX_VALUE)) {
            return PLAIN;
        }
        if (head.length > 4 && head[0] >= 0) {
            long length =
                    (head[0] & 0xffL) << 24 | (head[1] & 0xffL) << 16 | (head[2] & 0xffL) << 8 | (head[3] & 0xffL);
            if (isMessage(head, 4, length)) {
                return FIXED;
            }
        }
        Varint length = Varint.at(head, 0);
        return length != null && isMessage(head, length.end(), length.value()) ? VARINT : NONE;
    }

    /**
     * Whether a message of resource spans begins at a position: the field's tag, a length that fits, and inside of it one
     * of the fields of {@code ResourceSpans}.
     */
    private static boolean isMessage(byte[] head, int at, long messageLength) {
        if (at >= head.length || head[at] != RESOURCE_SPANS) {
            return false;
        }
        Varint length = Varint.at(head, at + 1);
        if (length == null || length.value() > MAX_MESSAGE || length.end() - at + length.value() > messageLength) {
            return false;
        }
        if (length.value() == 0 || length.end() >= head.length) {
            return (length.end() >= head.length && length.value() > 0) || head.length == length.end();
        }
        int tag = head[length.end()];
        return tag == 0x0a || tag == 0x12 || tag == 0x1a;
    }

    /** The length of the next message. */
    int length(CodedInputStream input) throws IOException {
        int length = this == FIXED ? Integer.reverseBytes(input.readFixed32()) : input.readRawVarint32();
        if (length < 0 || length > MAX_MESSAGE) {
            throw new InvalidProtocolBufferException(
                    "a message of " + Integer.toUnsignedString(length) + " bytes; expected at most " + MAX_MESSAGE);
        }
        return length;
    }
}
