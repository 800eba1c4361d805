package dev.fettle.runtime.record;

import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.runtime.effect.Inside;
import dev.fettle.runtime.value.StateValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node that runs: collects what is recorded about it, from any thread, until it has ended. */
public final class OpenOccurrence {
    private int requests;
    private final RunClock clock;
    private final NodeOccurrence.Builder builder;
    private final String id;
    private final String path;
    private final @Nullable String parent;
    private final int iteration;
    private final Duration start;
    private final List<String> retriedErrors = new ArrayList<>();
    private Duration added = Duration.ZERO;
    private Map<String, List<String>> waits = Map.of();
    private final List<ModelCall> modelCalls = new ArrayList<>();
    private final List<ToolCall> toolCalls = new ArrayList<>();
    private @Nullable NodeOccurrence ended;
    private boolean lost;

    OpenOccurrence(
            RunClock clock,
            NodeOccurrence.Builder builder,
            String id,
            String path,
            @Nullable String parent,
            int iteration) {
        this.clock = clock;
        this.builder = builder;
        this.id = id;
        this.path = path;
        this.parent = parent;
        this.iteration = iteration;
        this.start = clock.now();
    }

    /** One from before a pause: goes on where it waited for a person, else has ended. */
    OpenOccurrence(RunClock clock, NodeOccurrence before) {
        this.clock = clock;
        this.builder = before.toBuilder();
        this.id = before.id();
        this.path = before.node();
        this.parent = before.parent();
        this.iteration = before.iteration();
        this.start = before.start();
        retriedErrors.addAll(before.retriedErrors());
        modelCalls.addAll(before.modelCalls());
        toolCalls.addAll(before.toolCalls());
        this.ended = before.status() == Status.PAUSED ? null : before;
    }

    public String id() {
        return id;
    }

    String path() {
        return path;
    }

    @Nullable
    String parent() {
        return parent;
    }

    /** How often the node had run before, lost runs ahead of a decision not counted. */
    public int iteration() {
        return iteration;
    }

    public synchronized void reads(Map<String, StateValue> values) {
        builder.readHashes(StateValue.hashes(values));
    }

    public synchronized void writes(Map<String, StateValue> values) {
        builder.writeHashes(StateValue.hashes(values));
    }

    public synchronized void label(String label) {
        builder.label(label);
    }

    /** An attempt failed, and another follows. */
    public synchronized void retried(String errorType) {
        retriedErrors.add(errorType);
    }

    public synchronized void add(ModelCall call) {
        modelCalls.add(at(call, call.start().plus(added)));
    }

    public synchronized void add(ToolCall call) {
        toolCalls.add(at(call, call.start().plus(added)));
    }

    /**
     * A recording answered a call in this time instead of the recorded one, which counts. Several such calls of one
     * occurrence count as made one after the other.
     */
    public synchronized void replayed(Duration took, Duration recorded) {
        added = added.plus(recorded).minus(took);
    }

    /** A recording answered for the whole node, which had begun at this time. */
    public synchronized void replayed(RecordedCall recorded, Duration begun) {
        recorded.modelCalls().forEach(call -> add(at(call, begun.plus(call.start()))));
        recorded.toolCalls().forEach(call -> add(at(call, begun.plus(call.start()))));
        replayed(clock.now().minus(begun), recorded.duration());
    }

    /** The calls made so far; their starts count from this time. */
    public synchronized Inside inside(Duration begun) {
        return new Inside(
                modelCalls.stream()
                        .map(call -> at(call, call.start().minus(begun)))
                        .toList(),
                toolCalls.stream()
                        .map(call -> at(call, call.start().minus(begun)))
                        .toList());
    }

    static ModelCall at(ModelCall call, Duration start) {
        return new ModelCall(
                call.model(),
                start,
                call.duration(),
                call.tokens(),
                call.status(),
                call.errorType(),
                call.recordedUsd(),
                call.inputHash(),
                call.outputHash());
    }

    static ToolCall at(ToolCall call, Duration start) {
        return new ToolCall(
                call.tool(),
                call.argumentHash(),
                call.resultHash(),
                start,
                call.duration(),
                call.status(),
                call.errorType(),
                call.cached(),
                call.recordedUsd(),
                call.arguments(),
                call.together());
    }

    /** A name for calls that the node asks for at once. */
    public synchronized String together() {
        requests++;
        return "together-" + requests;
    }

    /** For a block: its members in listed order, each with those that it waits for. */
    public synchronized void waits(Map<String, List<String>> forMembers) {
        waits = forMembers;
    }

    synchronized Map<String, List<String>> waits() {
        return waits;
    }

    /** By how much recorded times are longer than what it took to look them up. */
    public synchronized Duration added() {
        return added;
    }

    public synchronized void resources(@Nullable Duration cpu, @Nullable Long memoryBytes) {
        builder.cpu(cpu).memoryBytes(memoryBytes);
    }

    /** What it did is not used: it ran ahead of a decision that went another way. */
    synchronized void lose() {
        lost = true;
    }

    /** Takes the time; what comes after does not count as the node's. */
    public Duration elapsed() {
        return clock.now().minus(start);
    }

    /** Ends the occurrence; the first end counts. */
    public synchronized void end(Status status, @Nullable String errorType, Duration duration) {
        if (ended == null) {
            ended = builder.start(start)
                    .duration(duration.plus(added))
                    .status(status)
                    .errorType(errorType)
                    .retriedErrors(retriedErrors)
                    .modelCalls(modelCalls)
                    .toolCalls(toolCalls)
                    .build();
        }
    }

    /** The occurrence; one that has not ended is cut off here, as cancelled. */
    synchronized NodeOccurrence toOccurrence() {
        end(Status.CANCELLED, null, elapsed());
        NodeOccurrence occurrence = Objects.requireNonNull(ended);
        return lost
                ? occurrence.toBuilder()
                        .status(Status.CANCELLED)
                        .errorType(NodeOccurrence.LOST_SPECULATION)
                        .build()
                : occurrence;
    }
}
