package dev.fettle.ingest.otlp;

import com.google.protobuf.ByteString;
import dev.fettle.ingest.span.Attribute;
import dev.fettle.ingest.span.AttributeFamily;
import dev.fettle.ingest.span.Ids;
import dev.fettle.ingest.span.SpanDraft;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills a draft from a protobuf span. */
final class ProtobufSpans {
    private ProtobufSpans() {}

    static void fill(SpanDraft draft, Span span) {
        draft.traceId(hex(span.getTraceId()));
        draft.spanId(hex(span.getSpanId()));
        draft.parentId(hex(span.getParentSpanId()));
        draft.name(span.getName());
        draft.startNanos(span.getStartTimeUnixNano());
        draft.endNanos(span.getEndTimeUnixNano());
        draft.message(span.getStatus().getMessage());
        draft.code(
                switch (span.getStatus().getCode()) {
                    case STATUS_CODE_OK -> SpanDraft.Code.OK;
                    case STATUS_CODE_ERROR -> SpanDraft.Code.ERROR;
                    default -> SpanDraft.Code.UNSET;
                });
        attributes(draft, span.getAttributesList());
        SpanDraft eventDraft = new SpanDraft();
        for (Span.Event event : span.getEventsList()) {
            eventDraft.clear();
            attributes(eventDraft, event.getAttributesList());
            draft.event(eventDraft);
        }
    }

    private static @Nullable String hex(ByteString id) {
        return id.isEmpty() ? null : Ids.hex(id.toByteArray(), id.size());
    }

    private static void attributes(SpanDraft draft, List<KeyValue> attributes) {
        for (KeyValue entry : attributes) {
            Attribute attribute = Attribute.of(entry.getKey());
            if (attribute != null) {
                draft.set(attribute, value(entry.getValue()));
                continue;
            }
            AttributeFamily family = AttributeFamily.of(entry.getKey());
            if (family == AttributeFamily.MANAGED_AGENT) {
                draft.managedAgent(entry.getValue().getStringValue());
            } else if (family == AttributeFamily.INPUT_MESSAGE && !draft.has(Attribute.INPUT)) {
                draft.message(entry.getKey(), String.valueOf(value(entry.getValue())));
            }
        }
    }

    private static @Nullable Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> Double.isNaN(value.getDoubleValue()) ? null : value.getDoubleValue();
            case BOOL_VALUE -> value.getBoolValue();
            case ARRAY_VALUE, KVLIST_VALUE -> StructuredValue.text(value);
            default -> null;
        };
    }
}
