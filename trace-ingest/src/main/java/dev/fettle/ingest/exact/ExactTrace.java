package dev.fettle.ingest.exact;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a trace together again from the records on its spans. */
public final class ExactTrace {
    private ExactTrace() {}

    /**
     * The trace as it was written.
     *
     * @param texts the records of all its spans, in any order; null for a span without one
     * @return null where a span has no usable record or is missing: then the spans are read by the conventions
     */
    public static @Nullable ExecutionTrace of(List<@Nullable String> texts) {
        List<SpanRecord> records = new ArrayList<>();
        ExecutionTrace header = null;
        int expected = -1;
        for (String text : texts) {
            SpanRecord record = text == null ? null : SpanRecord.parse(text);
            if (record == null) {
                return null;
            }
            records.add(record);
            if (record.trace() != null) {
                header = record.trace();
                expected = record.spans();
            }
        }
        if (header == null || expected != records.size()) {
            return null;
        }
        records.sort(Comparator.comparingInt(SpanRecord::place));
        ExecutionTrace trace = assemble(header, records);
        return trace == null || TraceCheck.problem(trace) != null ? null : trace;
    }

    private static @Nullable ExecutionTrace assemble(ExecutionTrace header, List<SpanRecord> records) {
        Map<String, List<ModelCall>> modelCalls = new HashMap<>();
        Map<String, List<ToolCall>> toolCalls = new HashMap<>();
        for (SpanRecord record : records) {
            String owner = record.occurrence();
            if (owner != null && record.modelCall() != null) {
                modelCalls.computeIfAbsent(owner, id -> new ArrayList<>()).add(record.modelCall());
            }
            if (owner != null && record.toolCall() != null) {
                toolCalls.computeIfAbsent(owner, id -> new ArrayList<>()).add(record.toolCall());
            }
        }
        List<NodeOccurrence> occurrences = new ArrayList<>();
        for (SpanRecord record : records) {
            if (record.node() != null) {
                NodeOccurrence node = record.node();
                occurrences.add(node.toBuilder()
                        .modelCalls(modelCalls.getOrDefault(node.id(), List.of()))
                        .toolCalls(toolCalls.getOrDefault(node.id(), List.of()))
                        .build());
            }
        }
        return new ExecutionTrace(
                header.id(),
                header.workflow(),
                header.startedAt(),
                header.wallClock(),
                header.status(),
                header.complete(),
                header.inputHash(),
                header.scores(),
                occurrences);
    }
}
