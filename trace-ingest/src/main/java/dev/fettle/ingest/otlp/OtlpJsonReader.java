package dev.fettle.ingest.otlp;

import com.google.auto.service.AutoService;
import dev.fettle.api.ingest.ReadContext;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.ingest.assemble.ReadLimits;
import dev.fettle.ingest.json.JsonHead;
import dev.fettle.ingest.spanjson.SpanDocument;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;

/**
 * OTLP/JSON (OpenTelemetry Protocol 1.x, {@code ExportTraceServiceRequest} and {@code TracesData}): one object, a list, or
 * lines; ids in hexadecimal as the protocol says, or in base64 as plain protobuf JSON has them.
 */
@AutoService(TraceReader.class)
public final class OtlpJsonReader implements TraceReader {
    private static final Set<String> MARKS = Set.of(
            "resourceSpans",
            "resource_spans",
            "scopeSpans",
            "scope_spans",
            "instrumentationLibrarySpans",
            "instrumentation_library_spans");

    @Override
    public String name() {
        return "otlp-json";
    }

    @Override
    public Record defaultSettings() {
        return ReadLimits.DEFAULT;
    }

    @Override
    public boolean recognizes(byte[] head) {
        return !Collections.disjoint(JsonHead.fields(head), MARKS);
    }

    @Override
    public void read(ReadContext context) throws IOException {
        SpanDocument.read(context);
    }
}
