package dev.fettle.ingest.spanjson;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of spans, and of what holds spans, by the names that JSON formats give them. */
enum SpanField {
    TRACE_ID("traceId", "trace_id", "traceID"),
    SPAN_ID("spanId", "span_id", "spanID"),
    PARENT_ID("parentSpanId", "parent_span_id", "parent_id", "parentId"),
    NAME("name", "span_name"),
    CONTEXT("context"),
    START_NANOS("startTimeUnixNano", "start_time_unix_nano"),
    END_NANOS("endTimeUnixNano", "end_time_unix_nano"),
    START("start_time", "startTime", "timestamp", "start_timestamp"),
    END("end_time", "endTime", "end_timestamp"),
    DURATION("duration"),
    DURATION_MILLIS("duration_ms"),
    DURATION_NANOS("duration_ns"),
    STATUS("status"),
    STATUS_CODE("status_code", "statusCode"),
    STATUS_MESSAGE("status_message", "statusMessage"),
    ATTRIBUTES("attributes", "span_attributes"),
    EVENTS("events"),
    SCOPE("scope", "instrumentationLibrary", "instrumentation_library"),
    SCOPE_NAME("scope_name"),
    /** Arrays or objects that hold spans of their own. */
    SPANS("spans"),
    CHILDREN("child_spans", "childSpans", "children"),
    CONTAINER(
            "resourceSpans",
            "resource_spans",
            "scopeSpans",
            "scope_spans",
            "instrumentationLibrarySpans",
            "instrumentation_library_spans",
            "batches",
            "trace",
            "traces",
            "data");

    private static final Map<String, SpanField> BY_NAME = new HashMap<>();

    static {
        for (SpanField field : values()) {
            field.names.forEach(name -> BY_NAME.put(name, field));
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
    private final List<String> names;

    SpanField(String... names) {
        this.names = List.of(names);
    }

    static @Nullable SpanField of(String name) {
        return BY_NAME.get(name);
    }
}
