package dev.fettle.api.profile;

import dev.fettle.api.Stable;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.TokenUsage;
import java.util.List;
import java.util.SortedMap;

/**
 * Statistics of many traces of one workflow, and a bounded sample of the traces themselves.
 *
 * @param runs traces seen
 * @param incompleteRuns those with missing spans; they do not count in {@code duration}
 * @param duration wall-clock time of complete runs
 * @param tokens sums over runs
 * @param cost sums over runs
 * @param sample complete traces chosen by a hash of their id, so that the same traces give the same sample in any order
 */
@Stable
public record PerformanceProfile(
        String workflow,
        long runs,
        long incompleteRuns,
        Rate success,
        DurationSummary duration,
        TokenUsage tokens,
        CostSummary cost,
        SortedMap<String, NodeProfile> nodes,
        SortedMap<String, ToolProfile> tools,
        List<Transition> transitions,
        List<ExecutionTrace> sample) {

    /** Output tokens for each input token; NaN without input tokens. */
    public double tokenEfficiency() {
        return tokens.input() == 0 ? Double.NaN : (double) tokens.output() / tokens.input();
    }
}
