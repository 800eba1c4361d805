package dev.fettle.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.fettle.ingest.RandomSpans.TestSpan;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes spans in the formats that Fettle reads. */
public final class SpanWriters {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CODES = List.of("Unset", "Ok", "Error");

    private SpanWriters() {}

    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String id(String hex, boolean base64) {
        return base64 ? Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)) : hex;
    }

    public static Map<String, Object> otlpSpan(String trace, TestSpan span, boolean base64) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("traceId", id(trace, base64));
        out.put("spanId", id(span.id(), base64));
        String parent = span.parent();
        if (parent != null) {
            out.put("parentSpanId", id(parent, base64));
        }
        out.put("name", span.name());
        out.put("startTimeUnixNano", Long.toString(span.start()));
        out.put("endTimeUnixNano", Long.toString(span.end()));
        List<Object> attributes = new ArrayList<>();
        span.attributes().forEach((key, value) -> attributes.add(Map.of("key", key, "value", otlpValue(value))));
        out.put("attributes", attributes);
        out.put("status", Map.of("code", span.code()));
        return out;
    }

    private static Map<String, Object> otlpValue(Object value) {
        if (value instanceof Long number) {
            return Map.of("intValue", Long.toString(number));
        }
        return value instanceof Double ? Map.of("doubleValue", value) : Map.of("stringValue", value);
    }

    /** One request with each span in a scope of its own kind of spans. */
    public static Map<String, Object> otlp(String trace, List<TestSpan> spans, boolean base64) {
        List<Object> written = new ArrayList<>();
        spans.forEach(span -> written.add(otlpSpan(trace, span, base64)));
        return Map.of("resourceSpans", List.of(Map.of("scopeSpans", List.of(Map.of("spans", written)))));
    }

    public static TracesData protobuf(String trace, List<TestSpan> spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (TestSpan span : spans) {
            Span.Builder out = Span.newBuilder()
                    .setTraceId(ByteString.fromHex(trace))
                    .setSpanId(ByteString.fromHex(span.id()))
                    .setName(span.name())
                    .setStartTimeUnixNano(span.start())
                    .setEndTimeUnixNano(span.end())
                    .setStatus(Status.newBuilder().setCodeValue(span.code()));
            String parent = span.parent();
            if (parent != null) {
                out.setParentSpanId(ByteString.fromHex(parent));
            }
            span.attributes()
                    .forEach((key, value) ->
                            out.addAttributes(KeyValue.newBuilder().setKey(key).setValue(protobufValue(value))));
            scope.addSpans(out);
        }
        return TracesData.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build();
    }

    private static AnyValue protobufValue(Object value) {
        AnyValue.Builder out = AnyValue.newBuilder();
        if (value instanceof Long number) {
            return out.setIntValue(number).build();
        }
        return value instanceof Double number
                ? out.setDoubleValue(number).build()
                : out.setStringValue(value.toString()).build();
    }

    /** A trace as a tree: children inside, ISO times and durations, numbers as text. */
    public static Map<String, Object> tree(String trace, List<TestSpan> spans) {
        Map<String, List<Object>> children = new HashMap<>();
        List<Object> roots = new ArrayList<>();
        for (TestSpan span : spans) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("timestamp", Instant.ofEpochSecond(0, span.start()).toString());
            out.put("trace_id", trace);
            out.put("span_id", span.id());
            out.put("parent_span_id", span.parent());
            out.put("span_name", span.name());
            Map<String, Object> texts = new LinkedHashMap<>();
            span.attributes().forEach((key, value) -> texts.put(key, value.toString()));
            out.put("span_attributes", texts);
            out.put("duration", Duration.ofNanos(span.end() - span.start()).toString());
            out.put("status_code", CODES.get(span.code()));
            List<Object> inside = new ArrayList<>();
            out.put("child_spans", inside);
            children.put(span.id(), inside);
            List<Object> siblings = span.parent() == null ? null : children.get(span.parent());
            (siblings == null ? roots : siblings).add(out);
        }
        return Map.of("trace_id", trace, "spans", roots);
    }

    /** A trace as a flat list. */
    public static Map<String, Object> list(String trace, List<TestSpan> spans) {
        return Map.of("trace_id", "0x" + trace, "spans", plain(trace, spans));
    }

    /** Spans with nanosecond integers and prefixed ids. */
    public static List<Object> plain(String trace, List<TestSpan> spans) {
        List<Object> written = new ArrayList<>();
        for (TestSpan span : spans) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("trace_id", "0x" + trace);
            out.put("span_id", "0x" + span.id());
            out.put("parent_span_id", span.parent() == null ? null : "0x" + span.parent());
            out.put("name", span.name());
            out.put("start_time", span.start());
            out.put("end_time", span.end());
            out.put("attributes", span.attributes());
            out.put("status", Map.of("code", span.code()));
            written.add(out);
        }
        return written;
    }
}
