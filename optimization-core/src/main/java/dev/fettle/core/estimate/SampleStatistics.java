package dev.fettle.core.estimate;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.jspecify.annotations.Nullable;

/** What the sample knows about tools, models and nodes, whichever node used them. */
final class SampleStatistics {
    /** Fewer observations tell nothing. */
    private static final int ENOUGH = 5;

    private final Map<String, SummaryStatistics> toolSeconds = new HashMap<>();
    private final Map<String, SummaryStatistics> hitSeconds = new HashMap<>();
    private final Map<String, SummaryStatistics> modelSecondsPerToken = new HashMap<>();
    private final Map<String, SummaryStatistics> modelScores = new HashMap<>();
    private final Map<String, Long> failures = new HashMap<>();
    private final Map<String, Long> occurrences = new HashMap<>();

    static SampleStatistics of(List<ExecutionTrace> sample) {
        SampleStatistics statistics = new SampleStatistics();
        for (ExecutionTrace trace : sample) {
            for (NodeOccurrence occurrence : trace.occurrences()) {
                statistics.add(occurrence);
            }
            statistics.addScores(trace);
        }
        return statistics;
    }

    private void add(NodeOccurrence occurrence) {
        if (occurrence.status() == Status.OK || occurrence.status() == Status.ERROR) {
            occurrences.merge(occurrence.node(), 1L, Long::sum);
            failures.merge(occurrence.node(), occurrence.status() == Status.ERROR ? 1L : 0L, Long::sum);
        }
        for (ToolCall call : occurrence.toolCalls()) {
            if (call.status() != Status.OK) {
                // what fails, fails fast or by a timeout: neither is the speed of an answer
                continue;
            }
            boolean hit = Boolean.TRUE.equals(call.cached());
            add(hit ? hitSeconds : toolSeconds, call.tool(), Step.seconds(call.duration()));
        }
        for (ModelCall call : occurrence.modelCalls()) {
            if (call.model() != null
                    && call.status() == Status.OK
                    && call.tokens().output() > 0
                    && !call.duration().isZero()) {
                add(
                        modelSecondsPerToken,
                        call.model(),
                        Step.seconds(call.duration()) / call.tokens().output());
            }
        }
    }

    /** A run's scores count for a model where no other was used in it. */
    private void addScores(ExecutionTrace trace) {
        TreeSet<String> used = new TreeSet<>();
        trace.occurrences().forEach(occurrence -> occurrence.modelCalls().forEach(call -> {
            if (call.model() != null) {
                used.add(call.model());
            }
        }));
        if (used.size() == 1 && !trace.scores().isEmpty()) {
            double mean = trace.scores().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
            add(modelScores, used.first(), mean);
        }
    }

    private static void add(Map<String, SummaryStatistics> into, String key, double value) {
        into.computeIfAbsent(key, absent -> new SummaryStatistics()).addValue(value);
    }

    /** Seconds of successful calls that no cache answered; null where too few were recorded. */
    @Nullable
    SummaryStatistics tool(String tool) {
        return enough(toolSeconds.get(tool));
    }

    @Nullable
    SummaryStatistics cacheHit(String tool) {
        return enough(hitSeconds.get(tool));
    }

    /** Seconds for each output token. */
    @Nullable
    SummaryStatistics modelSpeed(String model) {
        return enough(modelSecondsPerToken.get(model));
    }

    /** Mean scores of the runs that used only this model. */
    @Nullable
    SummaryStatistics modelScore(String model) {
        return enough(modelScores.get(model));
    }

    private static @Nullable SummaryStatistics enough(@Nullable SummaryStatistics statistics) {
        return statistics == null || statistics.getN() < ENOUGH ? null : statistics;
    }

    /** Part of the node's occurrences that failed; 0 where none was recorded. */
    double failureRate(String node) {
        long count = occurrences.getOrDefault(node, 0L);
        return count == 0 ? 0 : (double) failures.getOrDefault(node, 0L) / count;
    }
}
