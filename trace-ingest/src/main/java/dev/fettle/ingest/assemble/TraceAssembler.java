package dev.fettle.ingest.assemble;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.ingest.exact.ExactTrace;
import dev.fettle.ingest.span.BadSpanException;
import dev.fettle.ingest.span.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From the spans of one trace to its execution trace.
 *
 * <p>Spans of agents, workflows, graph nodes and other steps become node occurrences. Model calls belong to the nearest
 * enclosing occurrence, and so do tool calls; a tool that itself runs agents or models, or that nothing encloses, is an
 * occurrence as well.
 *
 * <p>Spans that Fettle wrote give back the trace that it wrote, as long as all of them are there.
 */
public final class TraceAssembler {
    private final NodeNames names = new NodeNames();

    /**
     * Assembles a trace.
     *
     * @param id the trace's id
     * @param spans with different ids, in any order; at least one
     * @param whole false where spans are known to be missing, as in a cut file
     * @throws BadSpanException where the parents form a cycle
     */
    public ExecutionTrace assemble(String id, List<Span> spans, boolean whole) throws BadSpanException {
        SpanTree tree = SpanTree.of(spans);
        ExecutionTrace exact = whole && spans.get(0).record() != null
                ? ExactTrace.of(spans.stream().map(Span::record).toList())
                : null;
        if (exact != null) {
            return exact;
        }
        TraceTimes times = new TraceTimes(tree);
        List<NodeOccurrence> occurrences = new Occurrences(tree, times, names).list();
        Map<String, Double> scores = new TreeMap<>();
        Status status = Status.UNKNOWN;
        boolean started = false;
        for (int i = 0; i < tree.size(); i++) {
            scores.putAll(tree.span(i).scores());
            // A span whose parent is missing says how a part of the run ended, not how the run did.
            if (tree.span(i).parent() == null) {
                status = started
                        ? worse(status, tree.span(i).status())
                        : tree.span(i).status();
                started = true;
            }
        }
        return new ExecutionTrace(
                id,
                names.of(tree.root(), null),
                instant(times.originNanos()),
                Duration.ofNanos(times.lengthNanos()),
                status,
                whole && !tree.missingParents() && !times.unfinished(),
                tree.root().inputHash(),
                scores,
                iterations(occurrences));
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
    }

    private static Status worse(Status a, Status b) {
        List<Status> order = List.of(Status.OK, Status.UNKNOWN, Status.PAUSED, Status.CANCELLED, Status.ERROR);
        return order.indexOf(a) >= order.indexOf(b) ? a : b;
    }

    private static List<NodeOccurrence> iterations(List<NodeOccurrence> occurrences) {
        Map<String, Integer> runs = new HashMap<>();
        Map<String, NodeOccurrence> numbered = new LinkedHashMap<>();
        for (NodeOccurrence occurrence : occurrences) {
            int iteration = runs.merge(occurrence.node(), 1, Integer::sum) - 1;
            numbered.put(
                    occurrence.id(),
                    iteration == 0
                            ? occurrence
                            : occurrence.toBuilder().iteration(iteration).build());
        }
        return List.copyOf(numbered.values());
    }
}
