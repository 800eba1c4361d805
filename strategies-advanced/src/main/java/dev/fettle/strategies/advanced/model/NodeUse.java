package dev.fettle.strategies.advanced.model;

import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.SampledRuns;
import dev.fettle.api.trace.TokenUsage;
import java.util.List;
import java.util.Optional;

/**
 * How a node uses its model.
 *
 * @param calls recorded calls of models
 * @param inputTokens and {@code outputTokens}, {@code cachedTokens}: means of a call
 * @param longestInput tokens of the longest sampled prompt
 * @param toolCalls mean of an occurrence
 */
record NodeUse(
        long calls,
        long runs,
        double inputTokens,
        double outputTokens,
        double cachedTokens,
        long longestInput,
        double toolCalls,
        Rate success) {

    /**
     * Empty where no call with tokens was recorded.
     *
     * @param seen what sampled runs recorded of the node
     */
    static Optional<NodeUse> of(PerformanceProfile profile, String node, List<SampledRuns.Seen> seen) {
        NodeProfile recorded = profile.nodes().get(node);
        if (recorded == null) {
            return Optional.empty();
        }
        long calls =
                recorded.models().values().stream().mapToLong(Long::longValue).sum();
        TokenUsage tokens = recorded.tokens();
        if (calls == 0 || tokens.total() == 0) {
            return Optional.empty();
        }
        long toolCalls = recorded.toolCalls().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return Optional.of(new NodeUse(
                calls,
                recorded.runs(),
                (double) tokens.input() / calls,
                (double) tokens.output() / calls,
                (double) tokens.cachedInput() / calls,
                longestInput(seen),
                (double) toolCalls / recorded.occurrences(),
                recorded.success()));
    }

    private static long longestInput(List<SampledRuns.Seen> seen) {
        return seen.stream()
                .flatMap(one -> one.occurrence().modelCalls().stream())
                .mapToLong(call -> call.tokens().input())
                .max()
                .orElse(0);
    }

    /** The tokens of all recorded calls, for a price. */
    TokenUsage tokens() {
        return new TokenUsage(
                Math.round(inputTokens * calls), Math.round(outputTokens * calls), Math.round(cachedTokens * calls));
    }
}
