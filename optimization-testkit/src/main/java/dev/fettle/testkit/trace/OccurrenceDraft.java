package dev.fettle.testkit.trace;

import dev.fettle.api.Stable;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node occurrence in the making: one second long, right after the one before it. */
@Stable
public final class OccurrenceDraft {
    private final String id;
    private final String node;
    private final int iteration;
    private Duration start;
    private Duration duration = Duration.ofSeconds(1);
    private NodeKind kind = NodeKind.FUNCTION;
    private @Nullable String parent;
    private Status status = Status.OK;
    private @Nullable String errorType;
    private @Nullable String label;
    private final List<ToolCall> toolCalls = new ArrayList<>();
    private final List<ModelCall> modelCalls = new ArrayList<>();
    private final Map<String, String> reads = new LinkedHashMap<>();
    private final Map<String, String> writes = new LinkedHashMap<>();

    OccurrenceDraft(String id, String node, int iteration, Duration start) {
        this.id = id;
        this.node = node;
        this.iteration = iteration;
        this.start = start;
    }

    public OccurrenceDraft kind(NodeKind value) {
        kind = value;
        return this;
    }

    public OccurrenceDraft parent(String occurrence) {
        parent = occurrence;
        return this;
    }

    /** Start, since the start of the run. */
    public OccurrenceDraft at(double seconds) {
        start = ofSeconds(seconds);
        return this;
    }

    public OccurrenceDraft seconds(double value) {
        duration = ofSeconds(value);
        return this;
    }

    public OccurrenceDraft failed(String type) {
        status = Status.ERROR;
        errorType = type;
        return this;
    }

    public OccurrenceDraft label(String value) {
        label = value;
        return this;
    }

    public OccurrenceDraft read(String key, String hash) {
        reads.put(key, hash);
        return this;
    }

    public OccurrenceDraft wrote(String key, String hash) {
        writes.put(key, hash);
        return this;
    }

    /** A call that succeeded, at the start of the occurrence. */
    public OccurrenceDraft toolCall(String tool, @Nullable String arguments, @Nullable String result, double seconds) {
        toolCalls.add(
                new ToolCall(tool, arguments, result, start, ofSeconds(seconds), Status.OK, null, null, null, null));
        return this;
    }

    public OccurrenceDraft toolCall(ToolCall call) {
        toolCalls.add(call);
        return this;
    }

    public OccurrenceDraft modelCall(String model, long inputTokens, long outputTokens) {
        TokenUsage tokens = new TokenUsage(inputTokens, outputTokens, 0);
        modelCalls.add(new ModelCall(model, start, duration, tokens, Status.OK, null, null, null, null));
        return this;
    }

    public OccurrenceDraft modelCall(ModelCall call) {
        modelCalls.add(call);
        return this;
    }

    static Duration ofSeconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    NodeOccurrence build() {
        return NodeOccurrence.builder(id, node)
                .parent(parent)
                .kind(kind)
                .iteration(iteration)
                .start(start)
                .duration(duration)
                .status(status)
                .errorType(errorType)
                .label(label)
                .toolCalls(toolCalls)
                .modelCalls(modelCalls)
                .readHashes(reads)
                .writeHashes(writes)
                .build();
    }
}
