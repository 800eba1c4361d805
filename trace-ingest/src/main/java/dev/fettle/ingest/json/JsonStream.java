package dev.fettle.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.ReaderBasedJsonParser;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stream of JSON values: one document, or several one after another, as in JSON lines. After a value that is not
 * readable it goes on at the next line that can start one.
 *
 * <p>Such a line is found without knowing the layout: between two tokens inside of a value, one side of a line break is a
 * comma, a colon or a bracket, so a line break without these is between two values.
 */
public final class JsonStream {
    private static final int BLOCK = 1 << 16;
    private static final int MAX_REASON = 200;

    private final JsonFactory factory;
    private final int maxDepth;
    private final Blocks blocks;
    private long linesBefore;

    /** @param maxDepth how deeply objects and arrays may nest; the setting {@code maxDepth} */
    public JsonStream(InputStream input, int maxDepth) {
        this.maxDepth = maxDepth;
        blocks = new Blocks(input);
        factory = factory(maxDepth);
    }

    /** A factory with the limits that reading needs; {@code NaN} is accepted because Python writes it. */
    public static JsonFactory factory(int maxDepth) {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .build())
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
    }

    /** Reads all values. */
    public void forEach(JsonValues values) throws IOException {
        while (true) {
            long base = blocks.position();
            try (JsonParser parser = factory.createParser(blocks)) {
                JsonProcessingException failure = readAll(parser, values);
                if (failure == null || !goOnBehind(failure, base, parser)) {
                    return;
                }
            }
        }
    }

    private @Nullable JsonProcessingException readAll(JsonParser parser, JsonValues values) throws IOException {
        try {
            while (parser.nextToken() != null) {
                values.value(parser);
            }
            return null;
        } catch (JsonProcessingException failure) {
            JsonLocation at = location(failure, parser);
            values.broken(
                    linesBefore + Math.max(1, at.getLineNr()),
                    Math.max(1, at.getColumnNr()),
                    reason(failure),
                    failure instanceof JsonEOFException);
            return failure;
        } catch (CharConversionException notUtf8) {
            JsonLocation at = parser.currentLocation();
            values.broken(
                    linesBefore + Math.max(1, at.getLineNr()),
                    Math.max(1, at.getColumnNr()),
                    "the content is not UTF-8; expected UTF-8",
                    false);
            return null;
        }
    }

    private static JsonLocation location(JsonProcessingException failure, JsonParser parser) {
        JsonLocation at = failure.getLocation();
        return at == null ? parser.currentLocation() : at;
    }

    private boolean goOnBehind(JsonProcessingException failure, long base, JsonParser parser) throws IOException {
        if (failure instanceof JsonEOFException || parser instanceof ReaderBasedJsonParser) {
            return false;
        }
        JsonLocation at = location(failure, parser);
        long lines =
                blocks.seekNextValue(base, base + Math.max(0, at.getByteOffset()), Math.max(0, at.getLineNr() - 1));
        linesBefore += lines;
        return lines >= 0;
    }

    private String reason(JsonProcessingException failure) {
        if (failure instanceof JsonEOFException) {
            return "the content ends in the middle of a value; maybe the file was cut";
        }
        String message = String.valueOf(failure.getOriginalMessage());
        if (failure instanceof StreamConstraintsException) {
            return message.toLowerCase(Locale.ROOT).contains("nesting depth")
                    ? "the content is nested deeper than maxDepth (" + maxDepth + ")"
                    : "the content has a name, number or text that is too long (" + firstLine(message) + ")";
        }
        if (message.contains("UTF-8")) {
            return "the content is not UTF-8 (" + firstLine(message) + "); expected UTF-8";
        }
        return "not JSON (" + firstLine(message) + ")";
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() > MAX_REASON ? line.substring(0, MAX_REASON) + "..." : line;
    }

    /** The input in blocks, so that the bytes around a failure are still there. */
    private static final class Blocks extends InputStream {
        private final InputStream input;
        private final byte[] block = new byte[BLOCK];
        private int at;
        private int limit;
        private long blockStart;

        Blocks(InputStream input) {
            this.input = input;
        }

        long position() {
            return blockStart + at;
        }

        private boolean fill() throws IOException {
            blockStart += limit;
            at = 0;
            limit = Math.max(0, input.read(block, 0, BLOCK));
            return limit > 0;
        }

        @Override
        public int read() throws IOException {
            return at < limit || fill() ? block[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (at == limit && !fill()) {
                return -1;
            }
            int count = Math.min(length, limit - at);
            System.arraycopy(block, at, target, offset, count);
            at += count;
            return count;
        }

        /** The parser that reads from here ends, the input does not. */
        @Override
        public void close() {}

        /**
         * Moves to the next value behind a failure.
         *
         * @param base where the parser began
         * @param failure offset of the failure
         * @param lines line breaks between the two
         * @return line breaks between {@code base} and the position; -1 where no other value comes
         */
        long seekNextValue(long base, long failure, long lines) throws IOException {
            int i = (int) Math.max(0, Math.min(failure - blockStart, limit));
            int last = Math.min(i, limit - 1);
            // The parser is behind or at the character that it refuses.
            for (int j = last; j >= Math.max(0, last - 1); j--) {
                if (opens(block[j]) && blockStart + j > base && breakBefore(j)) {
                    at = j;
                    return lines;
                }
            }
            return seekForward(Math.max(0, i - 1), lines);
        }

        private boolean breakBefore(int position) {
            boolean lineBreak = false;
            for (int k = position - 1; k >= 0; k--) {
                if (block[k] == '\n') {
                    lineBreak = true;
                } else if (block[k] > ' ' || block[k] < 0) {
                    return lineBreak && !joins(block[k]);
                }
            }
            return lineBreak;
        }

        private long seekForward(int from, long lines) throws IOException {
            long passed = lines;
            at = from;
            // The failure may be the line break itself, which the parser has then counted already.
            boolean counted = at < limit && block[at] == '\n' && lines > 0;
            int before = ' ';
            boolean lineBreak = false;
            while (at < limit || fill()) {
                byte b = block[at];
                if (b == '\n') {
                    lineBreak = true;
                    passed += counted ? 0 : 1;
                    counted = false;
                } else if (b > ' ' || b < 0) {
                    if (lineBreak && opens(b) && !joins(before)) {
                        return passed;
                    }
                    lineBreak = false;
                    before = b;
                }
                at++;
            }
            return -1;
        }

        private static boolean opens(int b) {
            return b == '{' || b == '[';
        }

        private static boolean joins(int b) {
            return b == ',' || b == ':' || b == '{' || b == '[';
        }
    }
}
