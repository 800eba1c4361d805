package dev.fettle.strategies.advanced.caching;

import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.strategies.advanced.caching.RecordedCalls.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calls of the sampled runs by node: one walk over the sample for all nodes and tools. */
final class CallIndex {
    private final Set<String> emptying;
    private final List<Map<String, List<Seen>>> byNode = new ArrayList<>();
    private final List<List<Seen>> acting = new ArrayList<>();

    /** @param emptying tools whose calls may empty a cache */
    CallIndex(PerformanceProfile profile, Set<String> emptying) {
        this.emptying = emptying;
        for (ExecutionTrace trace : profile.sample()) {
            Map<String, List<Seen>> nodes = new HashMap<>();
            List<Seen> all = new ArrayList<>();
            for (NodeOccurrence occurrence : trace.occurrences()) {
                for (ToolCall call : occurrence.toolCalls()) {
                    Seen seen = new Seen(occurrence.node(), call, occurrence.readHashes());
                    nodes.computeIfAbsent(occurrence.node(), node -> new ArrayList<>())
                            .add(seen);
                    if (emptying.contains(call.tool())) {
                        all.add(seen);
                    }
                }
            }
            byNode.add(nodes);
            acting.add(all);
        }
    }

    /** The node's calls of the tool, with all calls that may empty its cache. */
    RecordedCalls of(String node, String tool) {
        List<List<Seen>> runs = new ArrayList<>();
        for (int run = 0; run < byNode.size(); run++) {
            List<Seen> calls = new ArrayList<>(acting.get(run));
            for (Seen seen : byNode.get(run).getOrDefault(node, List.of())) {
                if (seen.call().tool().equals(tool) && !emptying.contains(tool)) {
                    calls.add(seen);
                }
            }
            calls.sort(Comparator.comparing(seen -> seen.call().start()));
            runs.add(calls);
        }
        return new RecordedCalls(node, tool, runs);
    }
}
