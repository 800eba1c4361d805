package dev.fettle.core.estimate;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import java.time.Duration;
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
    private final Map<String, Double> computedSeconds = new HashMap<>();
    private final Map<String, Double> meteredSeconds = new HashMap<>();
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
        Duration cpu = occurrence.cpu();
        if (cpu != null) {
            computedSeconds.merge(occurrence.node(), Step.seconds(cpu), Double::sum);
            meteredSeconds.merge(occurrence.node(), Step.seconds(occurrence.duration()), Double::sum);
        }
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

    /**
     * How many processors worked for the node in the mean of its recorded time; NaN where that was not recorded. Of a single
     * occurrence it would say little: the processor time of processes is counted in hundredths of a second.
     */
    double cpuShare(String node) {
        double metered = meteredSeconds.getOrDefault(node, 0.0);
        return metered > 0 ? computedSeconds.getOrDefault(node, 0.0) / metered : Double.NaN;
    }

    /** Part of the node's occurrences that failed; 0 where none was recorded. */
    double failureRate(String node) {
        long count = occurrences.getOrDefault(node, 0L);
        return count == 0 ? 0 : (double) failures.getOrDefault(node, 0L) / count;
    }
}
