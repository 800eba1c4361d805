package dev.fettle.ingest.spanjson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fettle.ingest.span.Attribute;
import dev.fettle.ingest.span.AttributeFamily;
import dev.fettle.ingest.span.AttributeTable;
import dev.fettle.ingest.span.SpanDraft;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.CharBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads attributes into a draft: OTLP's list of {@code {"key", "value": {"stringValue"}}}, or an object of names and values,
 * flat or nested. What Fettle does not read is skipped without being decoded.
 */
final class JsonAttributes {
    private static final JsonFactory TEXT = new JsonFactory();
    private static final Set<String> PREFIXES = new HashSet<>();

    static {
        for (Attribute attribute : Attribute.values()) {
            for (String name : attribute.names()) {
                for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                    PREFIXES.add(name.substring(0, dot));
                }
            }
        }
    }

    private JsonAttributes() {}

    /** Reads the attributes at the parser's token, whichever form they have. */
    static void read(JsonParser parser, SpanDraft draft) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            JsonToken token;
            while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
                if (token == JsonToken.START_OBJECT) {
                    entry(parser, draft);
                } else {
                    parser.skipChildren();
                }
            }
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            members(parser, draft, "");
        }
    }

    private static void entry(JsonParser parser, SpanDraft draft) throws IOException {
        Attribute attribute = null;
        AttributeFamily family = AttributeFamily.NONE;
        String familyKey = "";
        boolean keyed = false;
        Object early = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("key")) {
                char[] text = parser.getTextCharacters();
                int offset = parser.getTextOffset();
                int length = parser.getTextLength();
                keyed = true;
                attribute = AttributeTable.find(text, offset, length);
                if (attribute == null) {
                    family = AttributeFamily.of(CharBuffer.wrap(text, offset, length));
                    familyKey = family == AttributeFamily.NONE ? "" : new String(text, offset, length);
                }
                if (early != null) {
                    store(draft, attribute, family, familyKey, early);
                }
            } else if (field.equals("value")) {
                if (keyed && ((attribute == null && !wanted(draft, family)) || skip(draft, attribute))) {
                    parser.skipChildren();
                } else {
                    Object value = otlpValue(parser);
                    if (keyed) {
                        store(draft, attribute, family, familyKey, value);
                    } else {
                        early = value;
                    }
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private static boolean skip(SpanDraft draft, @Nullable Attribute attribute) {
        return attribute != null && draft.settled(attribute);
    }

    private static boolean wanted(SpanDraft draft, AttributeFamily family) {
        return family == AttributeFamily.MANAGED_AGENT
                || (family == AttributeFamily.INPUT_MESSAGE && !draft.has(Attribute.INPUT));
    }

    private static void store(
            SpanDraft draft,
            @Nullable Attribute attribute,
            AttributeFamily family,
            String key,
            @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (attribute != null) {
            draft.set(attribute, value);
        } else if (family == AttributeFamily.MANAGED_AGENT) {
            draft.managedAgent(value.toString());
        } else if (family == AttributeFamily.INPUT_MESSAGE && wanted(draft, family)) {
            draft.message(key, value.toString());
        }
    }

    /** The value inside {@code {"stringValue": ...}} and its siblings; lists and maps as JSON text. */
    private static @Nullable Object otlpValue(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return plain(parser);
        }
        Object value = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            parser.nextToken();
            value = plain(parser);
        }
        return value;
    }

    private static @Nullable Object plain(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return null;
        }
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getTextLength() <= 18 ? (Object) parser.getLongValue() : parser.getText();
            case VALUE_NUMBER_FLOAT -> parser.isNaN() ? null : (Object) parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT, START_ARRAY -> text(parser);
            default -> null;
        };
    }

    private static String text(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = TEXT.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    /** Recursion ends at the longest name of an attribute that Fettle reads. */
    private static void members(JsonParser parser, SpanDraft draft, String prefix) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = prefix.isEmpty() ? parser.currentName() : prefix + parser.currentName();
            JsonToken token = parser.nextToken();
            Attribute attribute = Attribute.of(name);
            AttributeFamily family = attribute == null ? AttributeFamily.of(name) : AttributeFamily.NONE;
            if (token == JsonToken.START_OBJECT && family == AttributeFamily.NONE && PREFIXES.contains(name)) {
                members(parser, draft, name + ".");
            } else if ((attribute == null && !wanted(draft, family)) || skip(draft, attribute)) {
                parser.skipChildren();
            } else {
                store(draft, attribute, family, name, plain(parser));
            }
        }
    }
}
