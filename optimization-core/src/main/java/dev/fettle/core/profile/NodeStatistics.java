package dev.fettle.core.profile;

import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What is summed up for one node. */
final class NodeStatistics implements Mergeable<NodeStatistics> {
    /** The error type of a failure that names none. */
    static final String UNNAMED_ERROR = "(unnamed)";

    private final BoundedMap<Counter> errors;
    private final BoundedMap<Spend> models;
    private final BoundedMap<Spend> tools;
    private final DurationSketch inclusive = new DurationSketch();
    private final DurationSketch exclusive = new DurationSketch();
    private final ErrorTrend trend = new ErrorTrend();
    private final Map<NodeKind, Long> kinds = new EnumMap<>(NodeKind.class);
    private long runs;
    private long succeeded;
    private long failed;
    private long exclusiveInCompleteRuns;
    private long repeatedSameInput;
    private long repeatedSameOutput;
    private long cpuNanos;
    private long cpuCount;
    private long memoryBytes;
    private long memoryCount;

    NodeStatistics(ProfileSettings settings) {
        errors = new BoundedMap<>(settings.maxErrorTypes(), Counter::new);
        models = new BoundedMap<>(settings.maxModels(), Spend::new);
        tools = new BoundedMap<>(settings.maxTools(), Spend::new);
    }

    /** Counts one run in which the node occurred. */
    void addRun(RunStatus status, long epochMillis) {
        runs++;
        if (status != RunStatus.UNKNOWN) {
            trend.add(epochMillis, status == RunStatus.FAILED);
        }
    }

    /** How the occurrences of one node in one run ended, all together; the later constant wins. */
    enum RunStatus {
        UNKNOWN,
        OK,
        FAILED;

        static RunStatus of(NodeOccurrence occurrence) {
            if (occurrence.status() == Status.ERROR
                    || !occurrence.retriedErrors().isEmpty()) {
                return FAILED;
            }
            return occurrence.status() == Status.OK ? OK : UNKNOWN;
        }

        RunStatus and(RunStatus other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    void add(NodeOccurrence occurrence, long inclusiveNanos, long exclusiveNanos, boolean completeRun) {
        kinds.merge(occurrence.kind(), 1L, Long::sum);
        inclusive.add(inclusiveNanos);
        exclusive.add(exclusiveNanos);
        if (completeRun) {
            exclusiveInCompleteRuns = DurationSketch.saturatedSum(exclusiveInCompleteRuns, exclusiveNanos);
        }
        status(occurrence);
        for (ModelCall call : occurrence.modelCalls()) {
            models.at(ProfileAccumulator.modelName(call)).add(call);
        }
        for (ToolCall call : occurrence.toolCalls()) {
            tools.at(call.tool()).add(call);
        }
        if (occurrence.cpu() != null) {
            cpuNanos = DurationSketch.saturatedSum(cpuNanos, TraceTree.nanos(occurrence.cpu()));
            cpuCount++;
        }
        if (occurrence.memoryBytes() != null && occurrence.memoryBytes() >= 0) {
            memoryBytes = DurationSketch.saturatedSum(memoryBytes, occurrence.memoryBytes());
            memoryCount++;
        }
    }

    /** Each attempt counts: a node that succeeds when asked again is not reliable. */
    private void status(NodeOccurrence occurrence) {
        for (String error : occurrence.retriedErrors()) {
            failed++;
            errors.at(error.isBlank() ? UNNAMED_ERROR : error).increment();
        }
        if (occurrence.status() == Status.OK) {
            succeeded++;
        } else if (occurrence.status() == Status.ERROR) {
            failed++;
            String type = occurrence.errorType();
            errors.at(type == null || type.isBlank() ? UNNAMED_ERROR : type).increment();
        }
    }

    void repeated(boolean sameOutput) {
        repeatedSameInput++;
        if (sameOutput) {
            repeatedSameOutput++;
        }
    }

    @Override
    public void merge(NodeStatistics other) {
        errors.merge(other.errors);
        models.merge(other.models);
        tools.merge(other.tools);
        inclusive.merge(other.inclusive);
        exclusive.merge(other.exclusive);
        trend.merge(other.trend);
        other.kinds.forEach((kind, count) -> kinds.merge(kind, count, Long::sum));
        runs += other.runs;
        succeeded += other.succeeded;
        failed += other.failed;
        exclusiveInCompleteRuns = DurationSketch.saturatedSum(exclusiveInCompleteRuns, other.exclusiveInCompleteRuns);
        repeatedSameInput += other.repeatedSameInput;
        repeatedSameOutput += other.repeatedSameOutput;
        cpuNanos = DurationSketch.saturatedSum(cpuNanos, other.cpuNanos);
        cpuCount += other.cpuCount;
        memoryBytes = DurationSketch.saturatedSum(memoryBytes, other.memoryBytes);
        memoryCount += other.memoryCount;
    }

    NodeProfile profile(String id, long wallNanos, Prices prices) {
        Map<String, Long> modelCalls = new TreeMap<>();
        Map<String, Long> toolCalls = new TreeMap<>();
        Map<String, Long> errorCounts = new TreeMap<>();
        errors.forEach((type, counter) -> errorCounts.put(type, counter.count()));
        TokenUsage tokens = TokenUsage.NONE;
        BigDecimal usd = BigDecimal.ZERO;
        for (Map.Entry<String, Spend> model : models.sorted().entrySet()) {
            Spend spend = model.getValue();
            modelCalls.put(model.getKey(), spend.calls());
            tokens = tokens.plus(spend.tokens());
            usd = usd.add(Prices.knownPart(prices.model(model.getKey(), spend), spend));
        }
        for (Map.Entry<String, Spend> tool : tools.sorted().entrySet()) {
            Spend spend = tool.getValue();
            toolCalls.put(tool.getKey(), spend.calls());
            usd = usd.add(Prices.knownPart(prices.tool(tool.getKey(), spend), spend));
        }
        return new NodeProfile(
                id,
                kind(),
                inclusive.count(),
                runs,
                inclusive.summary(),
                exclusive.summary(),
                wallNanos == 0 ? 0 : (double) exclusiveInCompleteRuns / wallNanos,
                Rate.of(succeeded, succeeded + failed),
                errorCounts,
                trend.pValue(),
                tokens,
                usd,
                modelCalls,
                toolCalls,
                repeatedSameInput,
                repeatedSameOutput,
                cpuCount == 0 ? null : Duration.ofNanos(cpuNanos / cpuCount),
                memoryCount == 0 ? null : (double) memoryBytes / memoryCount);
    }

    private NodeKind kind() {
        NodeKind most = NodeKind.FUNCTION;
        long count = 0;
        for (Map.Entry<NodeKind, Long> entry : kinds.entrySet()) {
            if (entry.getValue() > count) {
                most = entry.getKey();
                count = entry.getValue();
            }
        }
        return most;
    }
}
