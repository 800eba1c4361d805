package dev.fettle.ingest.exact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * What the attribute {@code fettle.record} of a span holds: the part of the trace that the span stands for, exactly. The
 * conventions have no place for hashes of state, labels, iterations or caches.
 *
 * @param spans how many spans the trace has; 0 except with the trace
 * @param place of the occurrence in the trace, or of the call in its occurrence
 * @param occurrence id of the occurrence that made a call; null otherwise
 * @param trace without its occurrences; null except on the root
 * @param node without its calls; null except on the span of an occurrence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SpanRecord(
        int spans,
        int place,
        @Nullable String occurrence,
        @Nullable ExecutionTrace trace,
        @Nullable NodeOccurrence node,
        @Nullable ModelCall modelCall,
        @Nullable ToolCall toolCall) {
    /** The span attribute. */
    public static final String ATTRIBUTE = "fettle.record";

    private static final int MAX_DEPTH = 100;
    private static final ObjectMapper MAPPER = TraceJson.mapper(MAX_DEPTH);

    public String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is JSON", e);
        }
    }

    /** Null where the text is no such record. */
    static @Nullable SpanRecord parse(String json) {
        try {
            return MAPPER.readValue(json, SpanRecord.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
