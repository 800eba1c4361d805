package dev.fettle.ingest.otlp;

import dev.fettle.api.content.ContentHash;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.ingest.exact.SpanRecord;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one trace. Ids are made from the trace's id and start and the occurrence's id, so that the same trace written
 * twice is one trace.
 */
final class OtlpSpans {
    private final ExecutionTrace trace;
    private final long origin;
    private final String traceId;
    private final String rootId;
    private final Resource resource;

    OtlpSpans(ExecutionTrace trace) {
        this.trace = trace;
        this.origin = Duration.between(Instant.EPOCH, trace.startedAt()).toNanos();
        this.traceId = ContentHash.ofText(trace.id() + "\n" + trace.startedAt() + "\n" + trace.workflow());
        this.rootId = spanId("");
        this.resource = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), trace.workflow()));
    }

    private String spanId(String part) {
        return ContentHash.ofText(traceId + "\n" + part).substring(0, 16);
    }

    SpanData root(AttributesBuilder attributes, SpanRecord record) {
        return span(
                rootId,
                null,
                "invoke_workflow " + trace.workflow(),
                SpanKind.INTERNAL,
                Duration.ZERO,
                trace.wallClock(),
                trace.status(),
                null,
                attributes,
                record);
    }

    SpanData occurrence(NodeOccurrence node, AttributesBuilder attributes, SpanRecord record) {
        return span(
                spanId("o" + node.id()),
                node.parent() == null ? rootId : spanId("o" + node.parent()),
                node.node(),
                SpanKind.INTERNAL,
                node.start(),
                node.duration(),
                node.status(),
                node.errorType(),
                attributes,
                record);
    }

    SpanData call(
            NodeOccurrence node,
            String part,
            String name,
            Duration start,
            Duration duration,
            Status status,
            @Nullable String errorType,
            AttributesBuilder attributes,
            SpanRecord record) {
        return span(
                spanId("o" + node.id() + "\n" + part),
                spanId("o" + node.id()),
                name,
                SpanKind.CLIENT,
                start,
                duration,
                status,
                errorType,
                attributes,
                record);
    }

    private SpanData span(
            String id,
            @Nullable String parent,
            String name,
            SpanKind kind,
            Duration start,
            Duration duration,
            Status status,
            @Nullable String errorType,
            AttributesBuilder attributes,
            SpanRecord record) {
        boolean failed = status == Status.ERROR || status == Status.CANCELLED;
        if (failed) {
            attributes.put("error.type", status == Status.CANCELLED ? "CancellationException" : orOther(errorType));
        }
        return new WrittenSpan(
                resource,
                context(id),
                parent == null ? SpanContext.getInvalid() : context(parent),
                name,
                kind,
                nanos(start),
                nanos(start.plus(duration)),
                failed ? StatusData.error() : status == Status.OK ? StatusData.ok() : StatusData.unset(),
                attributes.put(SpanRecord.ATTRIBUTE, record.toJson()).build());
    }

    private SpanContext context(String spanId) {
        return SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }

    /** The conventions' word for an error without a type. */
    private static String orOther(@Nullable String errorType) {
        return errorType == null ? "_OTHER" : errorType;
    }

    private long nanos(Duration sinceStart) {
        return Math.addExact(origin, sinceStart.toNanos());
    }
}
