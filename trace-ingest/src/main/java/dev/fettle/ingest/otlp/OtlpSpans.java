package dev.fettle.ingest.otlp;

import dev.fettle.api.content.ContentHash;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.ingest.exact.SpanRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one trace. Ids are made from the trace's id and start and the occurrence's id, so that the same trace written
 * twice is one trace.
 */
final class OtlpSpans {
    private static final int INTERNAL = 1;
    private static final int CLIENT = 3;
    private static final int OK = 1;
    private static final int ERROR = 2;

    private final ExecutionTrace trace;
    private final long origin;
    private final String traceId;
    private final String rootId;

    OtlpSpans(ExecutionTrace trace) {
        this.trace = trace;
        this.origin = Duration.between(Instant.EPOCH, trace.startedAt()).toNanos();
        this.traceId = ContentHash.ofText(trace.id() + "\n" + trace.startedAt() + "\n" + trace.workflow());
        this.rootId = spanId("");
    }

    private String spanId(String part) {
        return ContentHash.ofText(traceId + "\n" + part).substring(0, 16);
    }

    Map<String, Object> root(OtlpAttributes attributes, SpanRecord record) {
        return span(
                rootId,
                null,
                "invoke_workflow " + trace.workflow(),
                INTERNAL,
                Duration.ZERO,
                trace.wallClock(),
                trace.status(),
                null,
                attributes,
                record);
    }

    Map<String, Object> occurrence(NodeOccurrence node, OtlpAttributes attributes, SpanRecord record) {
        return span(
                spanId("o" + node.id()),
                node.parent() == null ? rootId : spanId("o" + node.parent()),
                node.node(),
                INTERNAL,
                node.start(),
                node.duration(),
                node.status(),
                node.errorType(),
                attributes,
                record);
    }

    Map<String, Object> call(
            NodeOccurrence node,
            String part,
            String name,
            Duration start,
            Duration duration,
            Status status,
            @Nullable String errorType,
            OtlpAttributes attributes,
            SpanRecord record) {
        return span(
                spanId("o" + node.id() + "\n" + part),
                spanId("o" + node.id()),
                name,
                CLIENT,
                start,
                duration,
                status,
                errorType,
                attributes,
                record);
    }

    private Map<String, Object> span(
            String id,
            @Nullable String parent,
            String name,
            int kind,
            Duration start,
            Duration duration,
            Status status,
            @Nullable String errorType,
            OtlpAttributes attributes,
            SpanRecord record) {
        Map<String, Object> span = new LinkedHashMap<>();
        span.put("traceId", traceId);
        span.put("spanId", id);
        if (parent != null) {
            span.put("parentSpanId", parent);
        }
        span.put("name", name);
        span.put("kind", kind);
        span.put("startTimeUnixNano", nanos(start));
        span.put("endTimeUnixNano", nanos(start.plus(duration)));
        boolean failed = status == Status.ERROR || status == Status.CANCELLED;
        if (failed) {
            attributes.text("error.type", status == Status.CANCELLED ? "CancellationException" : orOther(errorType));
        }
        span.put(
                "attributes",
                attributes.text(SpanRecord.ATTRIBUTE, record.toJson()).list());
        if (failed || status == Status.OK) {
            span.put("status", Map.of("code", failed ? ERROR : OK));
        }
        return span;
    }

    /** The conventions' word for an error without a type. */
    private static String orOther(@Nullable String errorType) {
        return errorType == null ? "_OTHER" : errorType;
    }

    private String nanos(Duration sinceStart) {
        return Long.toString(Math.addExact(origin, sinceStart.toNanos()));
    }
}
