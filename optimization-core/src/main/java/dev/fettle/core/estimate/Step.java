package dev.fettle.core.estimate;

import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recorded occurrence with everything that ran inside it, times in seconds since the start of the trace. */
final class Step {
    private static final double NANOS = 1e-9;

    /** By start; what ends first comes first among equals, so that all that is done before an item precedes it. */
    private static final Comparator<Item> BY_START =
            Comparator.comparingDouble(Item::start).thenComparingDouble(Item::end);

    final int index;

    /** Of its node in the base workflow; -1 where that does not have it. */
    final int position;

    final NodeOccurrence occurrence;
    final double start;
    final double end;

    /** Processors that work for occurrences of the node in the mean of their time, at least 0. */
    final double cpuShare;

    /** Of its computing while both processors are busy, as {@link Interference} says it. */
    final double slowdown;

    @Nullable
    Step parent;

    final List<Step> children = new ArrayList<>();
    private List<Item> items = List.of();

    /** Something that ran inside an occurrence or a trace: exactly one of the three is given. */
    record Item(
            double start,
            double end,
            @Nullable Step step,
            @Nullable ToolCall tool,
            @Nullable ModelCall model) {}

    /** @param recordedShare as {@link SampleStatistics#cpuShare} says it; NaN where that was not recorded */
    Step(int index, int position, NodeOccurrence occurrence, double recordedShare, double slowdown) {
        this.index = index;
        this.position = position;
        this.occurrence = occurrence;
        this.start = seconds(occurrence.start());
        // from the exact end: what starts at the end of another must not seem to start before it
        this.end = Math.max(start, seconds(occurrence.end()));
        this.slowdown = slowdown;
        this.cpuShare = Double.isNaN(recordedShare) ? assumedShare(occurrence) : recordedShare;
    }

    String node() {
        return occurrence.node();
    }

    double seconds() {
        return end - start;
    }

    /** Whether it failed by itself, and not for something inside it. */
    boolean failedItself() {
        if (occurrence.status() != Status.ERROR) {
            return false;
        }
        for (Step child : children) {
            if (child.occurrence.status() == Status.ERROR) {
                return false;
            }
        }
        return true;
    }

    /** Whether it failed, or something inside it. */
    boolean holdsFailure() {
        if (occurrence.status() == Status.ERROR) {
            return true;
        }
        for (Step child : children) {
            if (child.holdsFailure()) {
                return true;
            }
        }
        return false;
    }

    private static double assumedShare(NodeOccurrence occurrence) {
        return switch (occurrence.kind()) {
            case FUNCTION, COMMAND, CONDITION -> 1;
            case AGENT, TOOL, HUMAN, PARALLEL, TEAM, SUB_WORKFLOW -> 0;
        };
    }

    /** Calls and occurrences inside, by start. */
    List<Item> items() {
        return items;
    }

    /** To be called once all children are there. */
    void close() {
        items = new ArrayList<>();
        for (ToolCall call : occurrence.toolCalls()) {
            items.add(within(call.start(), call.duration(), call, null));
        }
        for (ModelCall call : occurrence.modelCalls()) {
            items.add(within(call.start(), call.duration(), null, call));
        }
        for (Step child : children) {
            items.add(item(child));
        }
        items.sort(BY_START);
    }

    /** Recorders may state calls without a place in time, or beyond their occurrence: they are moved inside. */
    private Item within(Duration from, Duration length, @Nullable ToolCall tool, @Nullable ModelCall model) {
        double first = Math.min(end, Math.max(start, seconds(from)));
        double last = Math.min(end, first + Math.max(0, seconds(length)));
        return new Item(first, last, null, tool, model);
    }

    static Item item(Step step) {
        return new Item(step.start, step.end, step, null, null);
    }

    static List<Item> sorted(List<Step> steps) {
        List<Item> sorted = new ArrayList<>();
        steps.forEach(step -> sorted.add(item(step)));
        sorted.sort(BY_START);
        return sorted;
    }

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() * NANOS;
    }
}
