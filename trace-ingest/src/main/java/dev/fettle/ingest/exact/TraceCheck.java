package dev.fettle.ingest.exact;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.ingest.span.BadSpanException;
import dev.fettle.ingest.span.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a trace that came from outside holds what the rest of Fettle relies on. */
public final class TraceCheck {
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(30);

    private TraceCheck() {}

    /** What is wrong, as a sentence; null where nothing is. */
    @SuppressWarnings("ConstantValue") // Binding from JSON leaves null where a field is missing.
    public static @Nullable String problem(ExecutionTrace trace) {
        if (trace.id() == null
                || trace.workflow() == null
                || trace.startedAt() == null
                || trace.wallClock() == null
                || trace.status() == null) {
            return "the trace lacks one of id, workflow, startedAt, wallClock, status";
        }
        try {
            Ids.required(trace.id(), "trace id");
        } catch (BadSpanException bad) {
            return bad.reason();
        }
        if (!WorkflowCheck.isValidId(trace.workflow())) {
            return "the workflow's id (" + Ids.printable(trace.workflow()) + ") is not usable";
        }
        if (trace.startedAt().isBefore(EARLIEST) || trace.startedAt().isAfter(LATEST)) {
            return "the trace starts at (" + trace.startedAt() + "); expected a time between 1990 and 2200";
        }
        if (!fits(trace.wallClock())) {
            return "the wall clock (" + trace.wallClock() + ") is not usable; expected 0 to 30 days";
        }
        return occurrences(trace);
    }

    @SuppressWarnings("ConstantValue") // Binding from JSON leaves null where a field is missing.
    private static @Nullable String occurrences(ExecutionTrace trace) {
        Set<String> seen = new HashSet<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            if (occurrence.id() == null
                    || occurrence.node() == null
                    || occurrence.kind() == null
                    || occurrence.status() == null
                    || occurrence.start() == null
                    || occurrence.duration() == null) {
                return "an occurrence lacks one of id, node, kind, status, start, duration";
            }
            String at = "the occurrence (" + Ids.printable(occurrence.id()) + ") ";
            if (!WorkflowCheck.isValidId(occurrence.node())) {
                return at + "has a node id (" + Ids.printable(occurrence.node()) + ") that is not usable";
            }
            if (occurrence.parent() != null && !seen.contains(occurrence.parent())) {
                return at + "has a parent (" + Ids.printable(occurrence.parent()) + ") that does not come before it";
            }
            if (!seen.add(occurrence.id())) {
                return at + "is there twice; ids must be unique";
            }
            if (!fits(occurrence.start()) || !fits(occurrence.duration()) || occurrence.iteration() < 0) {
                return at + "has a start, duration or iteration that is not usable; expected 0 to 30 days";
            }
            for (ModelCall call : occurrence.modelCalls()) {
                if (call.start() == null
                        || !fits(call.duration())
                        || call.tokens() == null
                        || call.status() == null
                        || call.tokens().input() < 0
                        || call.tokens().output() < 0
                        || call.tokens().cachedInput() < 0) {
                    return at + "has a model call without usable start, duration, tokens or status";
                }
            }
            for (ToolCall call : occurrence.toolCalls()) {
                if (call.tool() == null || call.start() == null || !fits(call.duration()) || call.status() == null) {
                    return at + "has a tool call without usable tool, start, duration or status";
                }
            }
        }
        return null;
    }

    private static boolean fits(@Nullable Duration duration) {
        return duration != null && !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
    }
}
