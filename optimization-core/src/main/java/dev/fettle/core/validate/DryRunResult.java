package dev.fettle.core.validate;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.validate.ValidationReport;
import java.util.List;
import java.util.Objects;

/**
 * What a dry run gave.
 *
 * @param pairs original and candidate, in the order in which they were run
 * @param noise original and original
 * @param complete whether more pairs would change nothing: all were run, or the verdict was clear before
 */
public record DryRunResult(
        ValidationReport report, List<PairOutcome> pairs, List<PairOutcome> noise, boolean complete) {
    public DryRunResult {
        pairs = List.copyOf(pairs);
        noise = List.copyOf(noise);
    }

    /** Traces of the original in the pairs with the candidate. */
    public List<ExecutionTrace> originalTraces() {
        return pairs.stream()
                .map(pair -> pair.first().trace())
                .filter(Objects::nonNull)
                .toList();
    }

    public List<ExecutionTrace> candidateTraces() {
        return pairs.stream()
                .map(pair -> pair.second().trace())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Traces of the original in pairs in which both runs succeeded. */
    public List<ExecutionTrace> timedOriginalTraces() {
        return pairs.stream()
                .filter(PairOutcome::timed)
                .map(pair -> pair.first().trace())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Mean wall-clock seconds of the original over pairs in which both runs succeeded; NaN where there are none. */
    public double originalSeconds() {
        return pairs.stream()
                .filter(PairOutcome::timed)
                .mapToDouble(pair -> pair.first().seconds())
                .average()
                .orElse(Double.NaN);
    }

    /** Mean wall-clock seconds of the candidate over the same pairs. */
    public double candidateSeconds() {
        return pairs.stream()
                .filter(PairOutcome::timed)
                .mapToDouble(pair -> pair.second().seconds())
                .average()
                .orElse(Double.NaN);
    }
}
