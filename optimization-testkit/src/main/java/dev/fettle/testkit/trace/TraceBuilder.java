package dev.fettle.testkit.trace;

import dev.fettle.api.Stable;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds traces in a few lines. Occurrences follow each other unless they say when they start; the id of an occurrence is
 * {@code node#iteration}.
 *
 * <pre>{@code
 * ExecutionTrace trace = TraceBuilder.run("run-1").of("review")
 *         .ran("read", o -> o.seconds(0.5))
 *         .ran("lint", o -> o.seconds(2).failed("TimeoutException"))
 *         .build();
 * }</pre>
 */
@Stable
public final class TraceBuilder {
    private final String id;
    private String workflow = "workflow";
    private Instant startedAt = Instant.EPOCH;
    private boolean complete = true;
    private @Nullable Status status;
    private @Nullable Double wallClock;
    private @Nullable String inputHash;
    private final Map<String, Double> scores = new LinkedHashMap<>();
    private final List<NodeOccurrence> occurrences = new ArrayList<>();
    private final Map<String, Integer> iterations = new HashMap<>();

    private TraceBuilder(String id) {
        this.id = id;
    }

    public static TraceBuilder run(String id) {
        return new TraceBuilder(id);
    }

    public TraceBuilder of(String workflowId) {
        workflow = workflowId;
        return this;
    }

    public TraceBuilder startedAt(Instant value) {
        startedAt = value;
        return this;
    }

    public TraceBuilder incomplete() {
        complete = false;
        return this;
    }

    /** How the run ended; without it, ERROR if any occurrence failed. */
    public TraceBuilder status(Status value) {
        status = value;
        return this;
    }

    /** How long the run took; without it, until the last end. */
    public TraceBuilder wallClock(double seconds) {
        wallClock = seconds;
        return this;
    }

    public TraceBuilder inputHash(String value) {
        inputHash = value;
        return this;
    }

    public TraceBuilder score(String name, double value) {
        scores.put(name, value);
        return this;
    }

    public TraceBuilder ran(String node) {
        return ran(node, occurrence -> {});
    }

    public TraceBuilder ran(String node, Consumer<OccurrenceDraft> draft) {
        int iteration = iterations.merge(node, 1, Integer::sum) - 1;
        OccurrenceDraft occurrence = new OccurrenceDraft(node + "#" + iteration, node, iteration, lastEnd());
        draft.accept(occurrence);
        occurrences.add(occurrence.build());
        return this;
    }

    private Duration lastEnd() {
        return occurrences.stream()
                .map(NodeOccurrence::end)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    public ExecutionTrace build() {
        boolean failed = occurrences.stream().anyMatch(o -> o.status() == Status.ERROR);
        List<NodeOccurrence> ordered = new ArrayList<>(occurrences);
        ordered.sort(Comparator.comparing(NodeOccurrence::start));
        return new ExecutionTrace(
                id,
                workflow,
                startedAt,
                wallClock == null ? lastEnd() : OccurrenceDraft.ofSeconds(wallClock),
                status != null ? status : failed ? Status.ERROR : Status.OK,
                complete,
                inputHash,
                scores,
                ordered);
    }
}
