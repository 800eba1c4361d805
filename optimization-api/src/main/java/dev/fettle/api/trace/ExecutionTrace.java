package dev.fettle.api.trace;

import dev.fettle.api.Stable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One recorded run of a workflow.
 *
 * @param workflow the workflow's id, or the name of the root span
 * @param wallClock from the first start to the last end
 * @param complete false where spans are known to be missing (sampling, a cut file): such a trace counts for what it holds,
 *     but not for the duration of the run
 * @param inputHash hash of the run's input; null where not recorded
 * @param scores recorded evaluations by name, higher is better; empty where there are none
 * @param occurrences in order of start; parents before the occurrences inside them
 */
@Stable
public record ExecutionTrace(
        String id,
        String workflow,
        Instant startedAt,
        Duration wallClock,
        Status status,
        boolean complete,
        @Nullable String inputHash,
        Map<String, Double> scores,
        List<NodeOccurrence> occurrences) {

    public ExecutionTrace {
        scores = Map.copyOf(scores);
        occurrences = List.copyOf(occurrences);
    }

    /** Tokens of all model calls, each counted once. */
    public TokenUsage tokens() {
        return occurrences.stream().map(NodeOccurrence::tokens).reduce(TokenUsage.NONE, TokenUsage::plus);
    }
}
