package dev.fettle.ingest.spanjson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fettle.ingest.span.BadSpanException;
import dev.fettle.ingest.span.SpanDraft;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one span into its frame's draft. */
final class SpanFields {
    private final SpanDraft event = new SpanDraft();

    /** Reads the value at the parser's token and leaves the parser at its last token. */
    void read(JsonParser parser, SpanField field, Frame frame) throws IOException {
        SpanDraft draft = frame.draft;
        try {
            switch (field) {
                case TRACE_ID -> draft.traceId(text(parser));
                case SPAN_ID -> draft.spanId(text(parser));
                case PARENT_ID -> draft.parentId(text(parser));
                case NAME -> draft.name(text(parser));
                case SCOPE_NAME -> frame.scope = text(parser);
                case START_NANOS -> draft.startNanos(scalar(parser) ? JsonTimes.nanos(parser) : null);
                case END_NANOS -> draft.endNanos(scalar(parser) ? JsonTimes.nanos(parser) : null);
                case START -> draft.startNanos(scalar(parser) ? JsonTimes.time(parser) : null);
                case END -> draft.endNanos(scalar(parser) ? JsonTimes.time(parser) : null);
                case DURATION -> draft.durationNanos(scalar(parser) ? JsonTimes.duration(parser) : null);
                case DURATION_MILLIS -> draft.durationNanos(scalar(parser) ? JsonTimes.duration(parser, 6) : null);
                case DURATION_NANOS -> draft.durationNanos(scalar(parser) ? JsonTimes.duration(parser, 0) : null);
                case STATUS -> status(parser, draft);
                case STATUS_CODE -> draft.code(code(text(parser)));
                case STATUS_MESSAGE -> draft.message(text(parser));
                case ATTRIBUTES -> JsonAttributes.read(parser, draft);
                case EVENTS -> events(parser, draft);
                case SCOPE -> frame.scope = name(parser);
                case CONTEXT -> context(parser, draft);
                case SPANS, CHILDREN, CONTAINER -> parser.skipChildren();
            }
        } catch (BadSpanException bad) {
            frame.bad = bad.reason();
        }
    }

    private static boolean scalar(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != null && token.isScalarValue()) {
            return true;
        }
        parser.skipChildren();
        return false;
    }

    private static @Nullable String text(JsonParser parser) throws IOException {
        return scalar(parser) && parser.currentToken() != JsonToken.VALUE_NULL ? parser.getText() : null;
    }

    private static @Nullable String name(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return text(parser);
        }
        String name = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("name")) {
                name = text(parser);
            } else {
                parser.skipChildren();
            }
        }
        return name;
    }

    private static void context(JsonParser parser, SpanDraft draft) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            SpanField field = SpanField.of(parser.currentName());
            parser.nextToken();
            if (field == SpanField.TRACE_ID) {
                draft.traceId(text(parser));
            } else if (field == SpanField.SPAN_ID) {
                draft.spanId(text(parser));
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void status(JsonParser parser, SpanDraft draft) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            draft.code(code(text(parser)));
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "code", "status_code", "statusCode" -> draft.code(code(text(parser)));
                case "message", "description" -> draft.message(text(parser));
                default -> parser.skipChildren();
            }
        }
    }

    private static SpanDraft.Code code(@Nullable String value) {
        if (value == null) {
            return SpanDraft.Code.UNSET;
        }
        String word = value.toUpperCase(Locale.ROOT);
        int at = Math.max(word.lastIndexOf('_'), word.lastIndexOf('.')) + 1;
        return switch (word.substring(at)) {
            case "1", "OK" -> SpanDraft.Code.OK;
            case "2", "ERROR" -> SpanDraft.Code.ERROR;
            default -> SpanDraft.Code.UNSET;
        };
    }

    private void events(JsonParser parser, SpanDraft draft) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                event(parser, draft);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void event(JsonParser parser, SpanDraft draft) throws IOException {
        event.clear();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("attributes") || field.equals("Attributes")) {
                JsonAttributes.read(parser, event);
            } else {
                parser.skipChildren();
            }
        }
        draft.event(event);
    }
}
