package dev.fettle.strategies.advanced.batching;

import dev.fettle.api.profile.SampledRuns;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recorded calls of one tool by one node that the node asked for at once. A trace of Fettle's own runs says which they are.
 * Where only traces of other systems are there, calls that follow each other with no time to look at a result and no other call
 * in between are taken for that.
 *
 * @param calls all calls of the tool by the node
 * @param sequences at least two calls each
 * @param runs with a sequence
 */
record CallSequences(long calls, List<List<ToolCall>> sequences, long runs) {
    /** A node that only hands calls on needs less than this between two of them. */
    private static final Duration AT_ONCE = Duration.ofMillis(2);

    /**
     * Finds them.
     *
     * @param seen what sampled runs recorded of the node
     * @param told whether the traces say which calls were asked for at once
     */
    static CallSequences of(List<SampledRuns.Seen> seen, String tool, boolean told) {
        List<List<ToolCall>> sequences = new ArrayList<>();
        Set<String> runs = new HashSet<>();
        long calls = 0;
        for (SampledRuns.Seen one : seen) {
            int before = sequences.size();
            calls += one.occurrence().toolCalls().stream()
                    .filter(call -> call.tool().equals(tool))
                    .count();
            if (told) {
                asked(one.occurrence(), tool, sequences);
            } else {
                collect(one.occurrence(), tool, sequences);
            }
            if (sequences.size() > before) {
                runs.add(one.trace().id());
            }
        }
        return new CallSequences(calls, sequences, runs.size());
    }

    private static void asked(NodeOccurrence occurrence, String tool, List<List<ToolCall>> sequences) {
        Map<String, List<ToolCall>> requests = new LinkedHashMap<>();
        for (ToolCall call : occurrence.toolCalls()) {
            if (call.together() != null && call.tool().equals(tool)) {
                requests.computeIfAbsent(call.together(), request -> new ArrayList<>())
                        .add(call);
            }
        }
        requests.values().forEach(calls -> close(calls, sequences));
    }

    private static void collect(NodeOccurrence occurrence, String tool, List<List<ToolCall>> sequences) {
        List<ToolCall> ordered = new ArrayList<>(occurrence.toolCalls());
        ordered.sort(Comparator.comparing(ToolCall::start));
        List<ToolCall> open = new ArrayList<>();
        for (ToolCall call : ordered) {
            if (!open.isEmpty() && !follows(occurrence, open.get(open.size() - 1), call, tool)) {
                close(open, sequences);
                open = new ArrayList<>();
            }
            if (call.tool().equals(tool)) {
                open.add(call);
            }
        }
        close(open, sequences);
    }

    private static boolean follows(NodeOccurrence occurrence, ToolCall first, ToolCall second, String tool) {
        Duration end = first.start().plus(first.duration());
        return second.tool().equals(tool)
                && second.start().compareTo(end) >= 0
                && second.start().minus(end).compareTo(AT_ONCE) <= 0
                && occurrence.modelCalls().stream().noneMatch(call -> between(call, end, second.start()));
    }

    private static boolean between(ModelCall call, Duration from, Duration to) {
        return call.start().compareTo(from) >= 0 && call.start().compareTo(to) < 0;
    }

    private static void close(List<ToolCall> open, List<List<ToolCall>> sequences) {
        if (open.size() > 1) {
            sequences.add(open);
        }
    }

    int longest() {
        return sequences.stream().mapToInt(List::size).max().orElse(0);
    }

    /** Calls that are part of a sequence. */
    long together() {
        return sequences.stream().mapToLong(List::size).sum();
    }
}
