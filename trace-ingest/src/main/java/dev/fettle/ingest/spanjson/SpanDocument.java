package dev.fettle.ingest.spanjson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fettle.api.ingest.ReadContext;
import dev.fettle.api.ingest.TraceSink;
import dev.fettle.ingest.assemble.ReadLimits;
import dev.fettle.ingest.assemble.SpanGroups;
import dev.fettle.ingest.json.JsonStream;
import dev.fettle.ingest.json.JsonValues;
import dev.fettle.ingest.span.BadSpanException;
import dev.fettle.ingest.span.Ids;
import dev.fettle.ingest.span.Span;
import dev.fettle.ingest.span.SpanInterpreter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads spans out of JSON of any of the known layouts: OTLP's resources and scopes, traces with a list of spans, spans with
 * their children inside, or plain spans, each as one object, a list or lines. An object with a span id is a span; the fields
 * that are known to hold spans are entered, everything else is skipped.
 *
 * <p>Objects inside of objects are kept on a stack here instead of the call stack: depth is bounded by the JSON limit
 * alone.
 */
public final class SpanDocument implements JsonValues {
    private final String source;
    private final TraceSink sink;
    private final SpanGroups groups;
    private final SpanInterpreter interpreter;
    private final SpanFields fields = new SpanFields();
    private final List<Frame> frames = new ArrayList<>();
    private int depth;
    private long unnamed;
    private long line;

    private SpanDocument(ReadContext context, ReadLimits limits) {
        source = context.source();
        sink = context.sink();
        groups = new SpanGroups(limits, source, sink);
        interpreter = new SpanInterpreter(limits.maxArgumentChars(), flaw -> sink.reject(source, flaw));
    }

    /** Reads all traces of a source. */
    public static void read(ReadContext context) throws IOException {
        ReadLimits limits = context.settings() instanceof ReadLimits given ? given : ReadLimits.DEFAULT;
        SpanDocument document = new SpanDocument(context, limits);
        new JsonStream(context.input(), limits.maxDepth()).forEach(document);
        document.groups.closeAll();
    }

    @Override
    public void broken(long brokenLine, long column, String reason, boolean cut) {
        sink.reject(source + ", line " + brokenLine + ", column " + column, reason);
        groups.cut();
        while (depth > 0) {
            hold(frames.get(--depth), depth == 0 ? null : frames.get(depth - 1));
        }
        if (cut) {
            groups.cut();
        }
    }

    @Override
    public void value(JsonParser parser) throws IOException {
        depth = 0;
        int arrays = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            if (token == null) {
                return;
            }
            switch (token) {
                case START_OBJECT -> open();
                case END_OBJECT -> {
                    line = parser.currentLocation().getLineNr();
                    close();
                }
                case START_ARRAY -> arrays++;
                case END_ARRAY -> arrays--;
                case FIELD_NAME -> {
                    Frame frame = frames.get(depth - 1);
                    SpanField field = SpanField.of(parser.currentName());
                    JsonToken value = parser.nextToken();
                    if (entered(field, value)) {
                        frame.entered = field;
                        token = value;
                        continue;
                    }
                    if (field == null) {
                        parser.skipChildren();
                    } else {
                        fields.read(parser, field, frame);
                    }
                }
                default -> {
                    // A scalar in a list of spans says nothing.
                }
            }
            if (depth == 0 && arrays == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }

    private static boolean entered(@Nullable SpanField field, @Nullable JsonToken value) {
        return (field == SpanField.CONTAINER || field == SpanField.SPANS || field == SpanField.CHILDREN)
                && (value == JsonToken.START_ARRAY || value == JsonToken.START_OBJECT);
    }

    private void open() {
        if (depth == frames.size()) {
            frames.add(new Frame());
        }
        Frame frame = frames.get(depth);
        frame.clear();
        Frame outer = depth == 0 ? null : frames.get(depth - 1);
        if (outer != null) {
            frame.mustBeSpan = outer.entered == SpanField.SPANS || outer.entered == SpanField.CHILDREN;
            frame.scope = outer.scope;
        }
        depth++;
    }

    private void close() {
        depth--;
        Frame frame = frames.get(depth);
        Frame outer = depth == 0 ? null : frames.get(depth - 1);
        if (frame.draft.spanId() != null || frame.mustBeSpan) {
            span(frame, outer);
        }
        hold(frame, outer);
    }

    private void span(Frame frame, @Nullable Frame outer) {
        boolean child = outer != null && outer.entered == SpanField.CHILDREN;
        String trace = null;
        try {
            trace = Ids.optional(frame.draft.traceId(), "trace id");
            if (trace == null) {
                trace = enclosingTrace();
            }
            if (frame.bad != null) {
                throw new BadSpanException(frame.bad);
            }
            frame.draft.scope(frame.scope);
            String enclosing = child && outer != null ? outer.draft.spanId() : null;
            Span span = interpreter.interpret(
                    frame.draft, enclosing == null ? null : Ids.optional(enclosing, "parent span id"), child);
            boolean needsParent = child && span.parent() == null;
            if (trace != null && !needsParent) {
                groups.add(trace, span);
            } else {
                (outer == null ? frame : outer).waiting.add(new Frame.Waiting(span, trace, needsParent));
            }
        } catch (BadSpanException bad) {
            if (trace == null) {
                sink.reject(source + ", line " + line, bad.reason());
            } else {
                groups.refuse(trace, bad.reason());
            }
        }
    }

    private @Nullable String enclosingTrace() throws BadSpanException {
        for (int i = depth - 1; i >= 0; i--) {
            String trace = Ids.optional(frames.get(i).draft.traceId(), "trace id");
            if (trace != null) {
                return trace;
            }
        }
        return null;
    }

    /** Gives the waiting spans what the object could tell, or leaves them to the object around it. */
    private void hold(Frame frame, @Nullable Frame outer) {
        boolean holder = frame.draft.spanId() == null && !frame.mustBeSpan;
        if (frame.waiting.isEmpty() && (!holder || frame.draft.traceId() == null)) {
            return;
        }
        try {
            String own = Ids.optional(frame.draft.traceId(), "trace id");
            String parent = holder ? null : Ids.optional(frame.draft.spanId(), "span id");
            String trace = own == null && outer == null ? source + "#" + ++unnamed : own;
            for (Frame.Waiting waiting : frame.waiting) {
                Span span =
                        waiting.needsParent() && parent != null ? waiting.span().withParent(parent) : waiting.span();
                String id = waiting.trace() == null ? trace : waiting.trace();
                if (id != null) {
                    groups.add(id, span);
                } else if (outer != null) {
                    outer.waiting.add(new Frame.Waiting(span, null, false));
                }
            }
            // An object that names its trace holds all of it.
            if (holder && trace != null) {
                groups.close(trace);
            }
        } catch (BadSpanException bad) {
            sink.reject(source + ", line " + line, bad.reason());
        } finally {
            frame.waiting.clear();
        }
    }
}
