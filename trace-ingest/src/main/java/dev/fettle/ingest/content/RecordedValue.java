package dev.fettle.ingest.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.ContentHash;
import dev.fettle.api.content.NotJsonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            Object value = value(parser);
            return parser.nextToken() == null ? CanonicalJson.text(value) : null;
        } catch (IOException | NotJsonException notJson) {
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
            ContentHash.Members members = new ContentHash.Members();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                fold(parser, into);
                members.add(key, into);
            }
            into.object(members);
        } else if (token == JsonToken.START_ARRAY) {
            ContentHash.Elements elements = new ContentHash.Elements();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                fold(parser, into);
                elements.add(into);
            }
            into.list(elements);
        } else if (token == JsonToken.VALUE_STRING) {
            into.string(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } else if (token == null || !token.isNumeric()) {
            into.literal(parser.getText());
        } else if (parser.isNaN()) {
            into.string(parser.getText());
        } else if (token == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() < 18) {
            into.number(Long.toString(parser.getLongValue()));
        } else {
            into.number(CanonicalJson.number(parser.getDecimalValue()));
        }
    }

    /** The value at the parser's token; a number that JSON does not have is the text that it was written as. */
    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                members.put(key, value(parser));
            }
            return members;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        boolean number = token != null && token.isNumeric() && !parser.isNaN();
        return number ? parser.getDecimalValue() : parser.getText();
    }
}
