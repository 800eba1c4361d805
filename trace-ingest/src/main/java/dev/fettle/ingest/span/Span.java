package dev.fettle.ingest.span;

import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One span, reduced to what an execution trace needs. Contents are hashes already, so that its size does not depend on
 * what was said.
 *
 * @param id unique in the trace
 * @param parent null for a root
 * @param startNanos and {@code endNanos}: since 1970; the end is null for a span that never ended
 * @param rule which rule told the kind
 * @param identity a name that the instrumentation gave to the node or agent itself; null where only the span's name is
 *     known
 * @param graphStep distinguishes runs of a graph node; spans inside the node repeat its name and step
 * @param tool the tool's name; null where not recorded
 * @param usage null where the span records no tokens
 * @param arguments canonical JSON of a tool call's arguments up to the size limit; null otherwise
 * @param managedAgent the only agent that this agent can call; null where it has none or several
 * @param record what Fettle itself wrote about the span; null in spans of others
 * @param scope the instrumentation library; null where not recorded
 */
public record Span(
        String id,
        @Nullable String parent,
        String name,
        SpanKind kind,
        KindRule rule,
        long startNanos,
        @Nullable Long endNanos,
        Status status,
        @Nullable String errorType,
        @Nullable String identity,
        @Nullable String graphNode,
        @Nullable String graphStep,
        @Nullable String tool,
        @Nullable String model,
        @Nullable TokenUsage usage,
        @Nullable Double usd,
        @Nullable String inputHash,
        @Nullable String outputHash,
        @Nullable String arguments,
        @Nullable String managedAgent,
        @Nullable String scope,
        Map<String, Double> scores,
        @Nullable String record) {

    /** A copy under another parent. */
    public Span withParent(String value) {
        return new Span(
                id,
                value,
                name,
                kind,
                rule,
                startNanos,
                endNanos,
                status,
                errorType,
                identity,
                graphNode,
                graphStep,
                tool,
                model,
                usage,
                usd,
                inputHash,
                outputHash,
                arguments,
                managedAgent,
                scope,
                scores,
                record);
    }
}
