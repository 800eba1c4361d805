package dev.fettle.testkit.trace;

import dev.fettle.api.Stable;
import dev.fettle.api.profile.CostSummary;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.profile.Transition;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Profiles of a few traces, computed the plain way from all of them. Costs are what tool calls recorded; models are not
 * priced, and no error trend is computed.
 */
@Stable
public final class Profiles {
    private Profiles() {}

    /** The profile of these traces, all of which become its sample if they are complete. */
    public static PerformanceProfile of(List<ExecutionTrace> traces) {
        Map<String, NodeStatistics> nodes = new TreeMap<>();
        Map<String, ToolStatistics> tools = new TreeMap<>();
        Map<List<String>, long[]> transitions = new LinkedHashMap<>();
        ExactDurations durations = new ExactDurations();
        List<ExecutionTrace> sample = new ArrayList<>();
        Duration wallClock = Duration.ZERO;
        TokenUsage tokens = TokenUsage.NONE;
        long ok = 0;
        long known = 0;
        for (ExecutionTrace trace : traces) {
            wallClock = wallClock.plus(trace.wallClock());
            tokens = tokens.plus(trace.tokens());
            boolean ended = trace.status() == Status.OK || trace.status() == Status.ERROR;
            known += ended ? 1 : 0;
            ok += trace.status() == Status.OK ? 1 : 0;
            if (trace.complete()) {
                durations.add(trace.wallClock());
                sample.add(trace);
            }
            occurrences(trace, nodes, tools);
            transitions(trace, transitions);
        }
        SortedMap<String, NodeProfile> nodeProfiles = new TreeMap<>();
        for (Map.Entry<String, NodeStatistics> entry : nodes.entrySet()) {
            nodeProfiles.put(entry.getKey(), entry.getValue().profile(wallClock));
        }
        SortedMap<String, ToolProfile> toolProfiles = new TreeMap<>();
        tools.forEach((name, statistics) -> toolProfiles.put(name, statistics.profile()));
        List<Transition> moves = transitions.entrySet().stream()
                .map(entry -> new Transition(
                        entry.getKey().get(0), entry.getKey().get(1), entry.getValue()[0], entry.getValue()[1]))
                .toList();
        return new PerformanceProfile(
                traces.isEmpty() ? "workflow" : traces.get(0).workflow(),
                traces.size(),
                traces.size() - sample.size(),
                Rate.of(ok, known),
                durations.summary(),
                tokens,
                CostSummary.NONE,
                nodeProfiles,
                toolProfiles,
                moves,
                sample);
    }

    private static void occurrences(
            ExecutionTrace trace, Map<String, NodeStatistics> nodes, Map<String, ToolStatistics> tools) {
        Map<String, Duration> inside = new HashMap<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            String parent = occurrence.parent();
            if (parent != null) {
                inside.merge(parent, occurrence.duration(), Duration::plus);
            }
        }
        for (NodeOccurrence occurrence : trace.occurrences()) {
            nodes.computeIfAbsent(occurrence.node(), NodeStatistics::new)
                    .add(trace.id(), occurrence, inside.getOrDefault(occurrence.id(), Duration.ZERO));
            occurrence.toolCalls().forEach(call -> tools.computeIfAbsent(call.tool(), ToolStatistics::new)
                    .add(trace.id(), call));
        }
    }

    private static void transitions(ExecutionTrace trace, Map<List<String>, long[]> transitions) {
        List<NodeOccurrence> top =
                trace.occurrences().stream().filter(o -> o.parent() == null).toList();
        for (int i = 1; i < top.size(); i++) {
            NodeOccurrence from = top.get(i - 1);
            NodeOccurrence to = top.get(i);
            long[] counts = transitions.computeIfAbsent(List.of(from.node(), to.node()), key -> new long[2]);
            counts[0]++;
            counts[1] += to.start().compareTo(from.end()) < 0 ? 1 : 0;
        }
    }
}
