package dev.fettle.api.trace;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.NodeKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one node within a trace.
 *
 * @param id unique in the trace
 * @param parent the occurrence inside which this one ran; null at the top level
 * @param node the node's id; for span trees the path of names from the root, joined by {@code /}
 * @param iteration how often the node had run before in this trace, from 0
 * @param start since the start of the trace
 * @param retriedErrors error types of attempts that failed before the attempt with which the occurrence ended; empty where
 *     there was one attempt
 * @param modelCalls and {@code toolCalls}: the calls made by this occurrence itself, not by occurrences inside it
 * @param readHashes from state key to a hash of the value that was read; empty where not recorded
 * @param writeHashes from state key to a hash of the value that was written; empty where not recorded
 * @param label the label that a condition chose; null otherwise
 * @param cpu processor time used, more than the duration where several processors worked for it; null where not recorded
 * @param memoryBytes peak or allocated memory; null where not recorded
 */
@Stable
public record NodeOccurrence(
        String id,
        @Nullable String parent,
        String node,
        NodeKind kind,
        int iteration,
        Duration start,
        Duration duration,
        Status status,
        @Nullable String errorType,
        List<String> retriedErrors,
        List<ModelCall> modelCalls,
        List<ToolCall> toolCalls,
        Map<String, String> readHashes,
        Map<String, String> writeHashes,
        @Nullable String label,
        @Nullable Duration cpu,
        @Nullable Long memoryBytes) {

    /**
     * The error type of an occurrence that ran ahead of a condition, which then chose otherwise. Its status is CANCELLED, and
     * what it cost is lost.
     */
    public static final String LOST_SPECULATION = "LostSpeculation";

    public NodeOccurrence {
        retriedErrors = List.copyOf(retriedErrors);
        modelCalls = List.copyOf(modelCalls);
        toolCalls = List.copyOf(toolCalls);
        readHashes = Map.copyOf(readHashes);
        writeHashes = Map.copyOf(writeHashes);
    }

    public Duration end() {
        return start.plus(duration);
    }

    /** Tokens of this occurrence's own model calls. */
    public TokenUsage tokens() {
        return modelCalls.stream().map(ModelCall::tokens).reduce(TokenUsage.NONE, TokenUsage::plus);
    }

    public static Builder builder(String id, String node) {
        return new Builder(id, node);
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builds an occurrence; what is not set is absent, and the status is OK. */
    public static final class Builder {
        private final String id;
        private final String node;
        private @Nullable String parent;
        private NodeKind kind = NodeKind.FUNCTION;
        private int iteration;
        private Duration start = Duration.ZERO;
        private Duration duration = Duration.ZERO;
        private Status status = Status.OK;
        private @Nullable String errorType;
        private List<String> retriedErrors = List.of();
        private List<ModelCall> modelCalls = List.of();
        private List<ToolCall> toolCalls = List.of();
        private Map<String, String> readHashes = Map.of();
        private Map<String, String> writeHashes = Map.of();
        private @Nullable String label;
        private @Nullable Duration cpu;
        private @Nullable Long memoryBytes;

        private Builder(String id, String node) {
            this.id = id;
            this.node = node;
        }

        private Builder(NodeOccurrence from) {
            this(from.id, from.node);
            parent = from.parent;
            kind = from.kind;
            iteration = from.iteration;
            start = from.start;
            duration = from.duration;
            status = from.status;
            errorType = from.errorType;
            retriedErrors = from.retriedErrors;
            modelCalls = from.modelCalls;
            toolCalls = from.toolCalls;
            readHashes = from.readHashes;
            writeHashes = from.writeHashes;
            label = from.label;
            cpu = from.cpu;
            memoryBytes = from.memoryBytes;
        }

        public Builder parent(@Nullable String value) {
            parent = value;
            return this;
        }

        public Builder kind(NodeKind value) {
            kind = value;
            return this;
        }

        public Builder iteration(int value) {
            iteration = value;
            return this;
        }

        public Builder start(Duration value) {
            start = value;
            return this;
        }

        public Builder duration(Duration value) {
            duration = value;
            return this;
        }

        public Builder status(Status value) {
            status = value;
            return this;
        }

        public Builder errorType(@Nullable String value) {
            errorType = value;
            return this;
        }

        public Builder retriedErrors(List<String> value) {
            retriedErrors = value;
            return this;
        }

        public Builder modelCalls(List<ModelCall> value) {
            modelCalls = value;
            return this;
        }

        public Builder toolCalls(List<ToolCall> value) {
            toolCalls = value;
            return this;
        }

        public Builder readHashes(Map<String, String> value) {
            readHashes = value;
            return this;
        }

        public Builder writeHashes(Map<String, String> value) {
            writeHashes = value;
            return this;
        }

        public Builder label(@Nullable String value) {
            label = value;
            return this;
        }

        public Builder cpu(@Nullable Duration value) {
            cpu = value;
            return this;
        }

        public Builder memoryBytes(@Nullable Long value) {
            memoryBytes = value;
            return this;
        }

        public NodeOccurrence build() {
            return new NodeOccurrence(
                    id,
                    parent,
                    node,
                    kind,
                    iteration,
                    start,
                    duration,
                    status,
                    errorType,
                    retriedErrors,
                    modelCalls,
                    toolCalls,
                    readHashes,
                    writeHashes,
                    label,
                    cpu,
                    memoryBytes);
        }
    }
}
