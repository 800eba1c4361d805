package dev.fettle.ingest.spanjson;

import dev.fettle.ingest.span.Span;
import dev.fettle.ingest.span.SpanDraft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object while it is being read: a span, or something that holds spans. */
final class Frame {
    /** A span below whose trace or parent the object has not told yet. */
    record Waiting(Span span, @Nullable String trace, boolean needsParent) {}

    final SpanDraft draft = new SpanDraft();
    final List<Waiting> waiting = new ArrayList<>();

    /** Whether the object has to be a span, from the field that holds it. */
    boolean mustBeSpan;

    /** The field whose objects are being read; null before the first. */
    @Nullable
    SpanField entered;

    @Nullable
    String scope;

    /** Why the object is no usable span. */
    @Nullable
    String bad;

    void clear() {
        draft.clear();
        waiting.clear();
        mustBeSpan = false;
        entered = null;
        scope = null;
        bad = null;
    }
}
