package dev.fettle.ingest.otlp;

import org.jspecify.annotations.Nullable;

/**
 * A variable-length integer in protobuf's encoding.
 *
 * @param end the position behind it
 */
record Varint(long value, int end) {
    private static final int MAX_BYTES = 5;

    /** Null where no varint of at most 32 bits is at the position. */
    static @Nullable Varint at(byte[] bytes, int position) {
        long value = 0;
        for (int i = 0; i < MAX_BYTES && position + i < bytes.length; i++) {
            byte b = bytes[position + i];
            value |= (b & 0x7fL) << (7 * i);
            if (b >= 0) {
                return new Varint(value, position + i + 1);
            }
        }
        return null;
    }
}
