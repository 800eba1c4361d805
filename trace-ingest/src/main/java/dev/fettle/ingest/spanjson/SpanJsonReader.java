package dev.fettle.ingest.spanjson;

import com.google.auto.service.AutoService;
import dev.fettle.api.ingest.ReadContext;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.ingest.assemble.ReadLimits;
import dev.fettle.ingest.json.JsonHead;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;

/**
 * Span trees and span lists as JSON: {@code {"trace_id", "spans": [{..., "child_spans": [...]}]}}, lists and lines of such,
 * and plain spans one by one, as OpenTelemetry's console exporters write them.
 */
@AutoService(TraceReader.class)
public final class SpanJsonReader implements TraceReader {
    private static final Set<String> OTHERS =
            Set.of("resourceSpans", "resource_spans", "scopeSpans", "scope_spans", "occurrences");
    private static final Set<String> MARKS =
            Set.of("spans", "span_id", "spanId", "child_spans", "childSpans", "parent_span_id", "parentSpanId");

    @Override
    public String name() {
        return "span-json";
    }

    @Override
    public Record defaultSettings() {
        return ReadLimits.DEFAULT;
    }

    @Override
    public boolean recognizes(byte[] head) {
        Set<String> fields = JsonHead.fields(head);
        return !Collections.disjoint(fields, MARKS) && Collections.disjoint(fields, OTHERS);
    }

    @Override
    public void read(ReadContext context) throws IOException {
        SpanDocument.read(context);
    }
}
