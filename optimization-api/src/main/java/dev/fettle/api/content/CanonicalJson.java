package dev.fettle.api.content;

import dev.fettle.api.Evolving;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of a JSON value: keys sorted, no white space, and one text for each number, so that values are equal
 * exactly if their texts are. After the JSON Canonicalization Scheme (RFC 8785), except that numbers keep all their digits
 * instead of being rounded to double precision: {@code 1}, {@code 1.0} and {@code 1e0} are one number.
 */
@Evolving
public final class CanonicalJson {
    /** Values nested deeper than this are refused, which also ends a value that holds itself. */
    public static final int MAX_DEPTH = 500;

    private static final int PLAIN_DIGITS = 40;

    private CanonicalJson() {}

    /** The canonical text. */
    public static String text(@Nullable Object value) throws NotJsonException {
        StringBuilder out = new StringBuilder();
        write(value, new TextSink(out), Path.ROOT);
        return out.toString();
    }

    /** Hash and size of the value, without building its text. */
    public static Digest digest(@Nullable Object value) throws NotJsonException {
        ValueWalk walk = new ValueWalk();
        ContentHash hash = new ContentHash();
        if (!walk.walk(value, hash, 0)) {
            write(value, new TextSink(new StringBuilder()), Path.ROOT);
        }
        return new Digest(hash.hex(), walk.bytes());
    }

    /** The SHA-256 of the canonical text, 64 hexadecimal digits: for what somebody might forge. */
    public static String sha256(@Nullable Object value) throws NotJsonException {
        return Sha256.hex(text(value));
    }

    /** Where in a value the writer is; only spelled out for an error. */
    private record Path(@Nullable Path parent, String step, int depth) {
        static final Path ROOT = new Path(null, "", 0);

        Path child(String key) {
            return new Path(this, "." + key, depth + 1);
        }

        Path child(int index) {
            return new Path(this, "[" + index + "]", depth + 1);
        }

        @Override
        public String toString() {
            String text = (parent == null ? "" : parent.toString()) + step;
            return text.length() > 200 ? text.substring(0, 200) + "..." : text;
        }
    }

    private static void write(@Nullable Object value, TextSink sink, Path path) throws NotJsonException {
        if (path.depth() > MAX_DEPTH) {
            throw new NotJsonException("it is nested deeper than " + MAX_DEPTH + " levels; maybe it holds itself");
        }
        if (value == null) {
            sink.raw("null");
        } else if (value instanceof String text) {
            sink.quoted(text);
        } else if (value instanceof Number number) {
            sink.raw(number(number, path));
        } else if (value instanceof Boolean flag) {
            sink.raw(flag.toString());
        } else if (value instanceof Map<?, ?> map) {
            object(map, sink, path);
        } else if (value instanceof List<?> list) {
            sink.raw("[");
            int index = 0;
            for (Object element : list) {
                if (index > 0) {
                    sink.raw(",");
                }
                write(element, sink, path.child(index++));
            }
            sink.raw("]");
        } else {
            throw notJson(path, "is a " + value.getClass().getName());
        }
    }

    private static void object(Map<?, ?> map, TextSink sink, Path path) throws NotJsonException {
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw notJson(path, "is a map with a key (" + entry.getKey() + ") that is not a text");
            }
            sorted.put(key, entry.getValue());
        }
        sink.raw("{");
        boolean first = true;
        for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
            if (!first) {
                sink.raw(",");
            }
            first = false;
            sink.quoted(entry.getKey());
            sink.raw(":");
            write(entry.getValue(), sink, path.child(entry.getKey()));
        }
        sink.raw("}");
    }

    private static String number(Number number, Path path) throws NotJsonException {
        String text = number(number);
        if (text == null) {
            throw notJson(
                    path,
                    number instanceof Double || number instanceof Float
                            ? "is the number (" + number + "), which JSON does not have"
                            : "is a " + number.getClass().getName());
        }
        return text;
    }

    /** The text of a number; null where JSON does not have it. */
    static @Nullable String number(Number number) {
        if (number instanceof Integer
                || number instanceof Long
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger) {
            return number.toString();
        }
        if (number instanceof Double || number instanceof Float) {
            return Double.isFinite(number.doubleValue()) ? number(new BigDecimal(number.toString())) : null;
        }
        return number instanceof BigDecimal decimal ? number(decimal) : null;
    }

    /** The one text of a number. */
    public static String number(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        boolean plain = stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= PLAIN_DIGITS;
        return plain ? stripped.toBigInteger().toString() : stripped.toString();
    }

    private static NotJsonException notJson(Path path, String what) {
        String place = path.toString();
        return new NotJsonException((place.isEmpty() ? "it " : "its part (" + place + ") ") + what
                + "; expected null, a boolean, a number, a text, a list or a map with text keys");
    }
}
