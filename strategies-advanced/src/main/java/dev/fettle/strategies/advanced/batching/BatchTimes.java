package dev.fettle.strategies.advanced.batching;

import dev.fettle.api.evidence.Figures;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a batch takes, relative to a single call. Measured where batches of the tool were recorded (several calls of one
 * occurrence with the same start and the same length); else assumed.
 */
record BatchTimes(Amount factor, Source source, String basis) {

    private record Span(Duration start, Duration length) {}

    /** @param assumed factor where no batch was recorded */
    static BatchTimes of(PerformanceProfile profile, String tool, double assumed) {
        double batches = 0;
        long batchCount = 0;
        double singles = 0;
        long singleCount = 0;
        for (ExecutionTrace trace : profile.sample()) {
            for (NodeOccurrence occurrence : trace.occurrences()) {
                Map<Span, Integer> together = new HashMap<>();
                for (ToolCall call : occurrence.toolCalls()) {
                    if (call.tool().equals(tool) && !Boolean.TRUE.equals(call.cached())) {
                        together.merge(new Span(call.start(), call.duration()), 1, Integer::sum);
                    }
                }
                for (Map.Entry<Span, Integer> entry : together.entrySet()) {
                    double seconds = entry.getKey().length().toNanos() / 1e9;
                    boolean batch = entry.getValue() > 1;
                    batches += batch ? seconds : 0;
                    batchCount += batch ? 1 : 0;
                    singles += batch ? 0 : seconds;
                    singleCount += batch ? 0 : 1;
                }
            }
        }
        if (batchCount > 0 && singleCount > 0 && singles > 0) {
            double factor = batches / batchCount / (singles / singleCount);
            return new BatchTimes(
                    Amount.factor(factor, 0.8 * factor, 1.2 * factor),
                    Source.ESTIMATED,
                    "a batch of '" + tool + "' took " + Figures.number(factor) + " times a single call in "
                            + Figures.count(batchCount, "recorded batch") + " and "
                            + Figures.count(singleCount, "call"));
        }
        return new BatchTimes(
                Amount.factor(assumed, 1, 2 * assumed - 1),
                Source.ASSUMED,
                "no batch of '" + tool + "' was recorded; taken to take " + Figures.number(assumed)
                        + " times its longest call");
    }
}
