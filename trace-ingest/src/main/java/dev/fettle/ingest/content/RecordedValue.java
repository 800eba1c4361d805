package dev.fettle.ingest.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recorded argument or result. JSON is compared by value: the order of keys, white space and the form of numbers ({@code
 * 1}, {@code 1.0}, {@code 1e0}) do not matter. Everything else, JSON deeper than {@value #MAX_DEPTH} included, is compared as
 * text.
 */
public final class RecordedValue {
    private static final int MAX_DEPTH = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final long OBJECT = 0x6f626aL;
    private static final long ARRAY = 0x617272L;
    private static final long STRING = 0x737472L;
    private static final long NUMBER = 0x6e756dL;
    private static final long LITERAL = 0x6c6974L;

    private RecordedValue() {}

    /** A hash of the value, 32 hexadecimal digits. */
    public static String hash(String text) {
        if (mayBeJson(text)) {
            try (JsonParser parser = JSON.createParser(text)) {
                parser.nextToken();
                ContentHash hash = new ContentHash();
                fold(parser, hash);
                if (parser.nextToken() == null) {
                    return hash.hex();
                }
            } catch (IOException notJson) {
                return ContentHash.ofText(text);
            }
        }
        return ContentHash.ofText(text);
    }

    /** The value as canonical JSON (keys sorted, no white space); null where the text is not JSON. */
    public static @Nullable String canonical(String text) {
        if (!mayBeJson(text)) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            StringBuilder out = new StringBuilder(text.length());
            write(parser, out);
            return parser.nextToken() == null ? out.toString() : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private static boolean mayBeJson(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) <= ' ') {
            i++;
        }
        return i < text.length() && "{[\"-0123456789tfn".indexOf(text.charAt(i)) >= 0;
    }

    /** Hashes the value at the parser's token. Recursion is bounded by the parser's nesting limit. */
    private static void fold(JsonParser parser, ContentHash into) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            long sum1 = 0;
            long sum2 = 0;
            long size = 0;
            ContentHash member = new ContentHash();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                member.text(parser.currentName(), OBJECT);
                long key1 = member.first();
                long key2 = member.second();
                parser.nextToken();
                fold(parser, member);
                long value1 = member.first();
                long value2 = member.second();
                member.start(OBJECT);
                member.fold(key1, key2);
                member.fold(value1, value2);
                member.finish(2);
                sum1 += member.first();
                sum2 += member.second();
                size++;
            }
            into.start(OBJECT);
            into.fold(sum1, sum2);
            into.finish(size);
        } else if (token == JsonToken.START_ARRAY) {
            long h1 = ARRAY;
            long h2 = ARRAY;
            long size = 0;
            ContentHash element = new ContentHash();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                fold(parser, element);
                long e1 = element.first();
                long e2 = element.second();
                into.start(ARRAY);
                into.fold(h1, h2);
                into.fold(e1, e2);
                h1 = into.first();
                h2 = into.second();
                size++;
            }
            into.start(ARRAY);
            into.fold(h1, h2);
            into.finish(size);
        } else if (token == JsonToken.VALUE_STRING) {
            into.chars(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), STRING);
        } else if (token != null && token.isNumeric()) {
            into.text(number(parser), NUMBER);
        } else {
            into.text(parser.getText(), LITERAL);
        }
    }

    private static void write(JsonParser parser, StringBuilder out) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, String> members = new TreeMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                StringBuilder value = new StringBuilder();
                write(parser, value);
                members.put(key, value.toString());
            }
            out.append('{');
            String separator = "";
            for (Map.Entry<String, String> member : members.entrySet()) {
                out.append(separator);
                quote(member.getKey(), out);
                out.append(':').append(member.getValue());
                separator = ",";
            }
            out.append('}');
        } else if (token == JsonToken.START_ARRAY) {
            out.append('[');
            String separator = "";
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                out.append(separator);
                write(parser, out);
                separator = ",";
            }
            out.append(']');
        } else if (token == JsonToken.VALUE_STRING) {
            quote(parser.getText(), out);
        } else if (token != null && token.isNumeric()) {
            String number = number(parser);
            if (Character.isLetter(number.charAt(number.length() - 1))) {
                quote(number, out);
            } else {
                out.append(number);
            }
        } else {
            out.append(parser.getText());
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    private static String number(JsonParser parser) throws IOException {
        if (parser.isNaN()) {
            return parser.getText();
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() < 18) {
            return Long.toString(parser.getLongValue());
        }
        BigDecimal value = parser.getDecimalValue();
        return value.signum() == 0 ? "0" : plainWhereShort(value.stripTrailingZeros());
    }

    private static String plainWhereShort(BigDecimal value) {
        return Math.abs((long) value.scale()) <= 30 ? value.toPlainString() : value.toString();
    }
}
