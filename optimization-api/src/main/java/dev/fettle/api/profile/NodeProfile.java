package dev.fettle.api.profile;

import dev.fettle.api.Stable;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.NodeKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of one node over many runs.
 *
 * @param runs in how many runs the node occurred at least once
 * @param exclusive time of the node itself, without the occurrences inside it
 * @param share the node's exclusive time on the wall clock of all runs, as a part of their sum; in [0, 1] for sequential
 *     runs, and above the wall clock's own share where occurrences overlap
 * @param success of attempts with a known status; an occurrence that succeeded at its third attempt counts two failures
 * @param errorTrend the chance to see so strong a rise of the error rate over the runs, in order of time, if there were
 *     none (one-sided Cochran-Armitage p-value); NaN where there are too few errors to tell
 * @param tokens sum over runs, own model calls only
 * @param toolCalls by tool name
 * @param repeatedSameInput occurrences whose recorded reads equal those of an earlier occurrence in the same run
 * @param repeatedSameOutput those of them that also wrote the same
 * @param meanCpu null where not recorded
 * @param meanMemoryBytes null where not recorded
 */
@Stable
public record NodeProfile(
        String id,
        NodeKind kind,
        long occurrences,
        long runs,
        DurationSummary duration,
        DurationSummary exclusive,
        double share,
        Rate success,
        Map<String, Long> errors,
        double errorTrend,
        TokenUsage tokens,
        BigDecimal usd,
        Map<String, Long> models,
        Map<String, Long> toolCalls,
        long repeatedSameInput,
        long repeatedSameOutput,
        @Nullable Duration meanCpu,
        @Nullable Double meanMemoryBytes) {

    /** Output tokens for each input token; NaN without input tokens. */
    public double tokenEfficiency() {
        return tokens.input() == 0 ? Double.NaN : (double) tokens.output() / tokens.input();
    }
}
