package dev.fettle.strategies.advanced.caching;

import dev.fettle.api.cache.CallCacheReplay;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Policies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The recorded calls of one tool by one node in the sampled runs, in order; what a cache of one node's calls of one tool would have done. */
final class RecordedCalls {
    private final String node;
    private final String tool;
    private final List<List<Seen>> runs = new ArrayList<>();

    private record Seen(String node, ToolCall call, Map<String, String> reads) {}

    /** @param emptying other tools whose calls may empty the cache */
    RecordedCalls(PerformanceProfile profile, String node, String tool, Set<String> emptying) {
        this.node = node;
        this.tool = tool;
        for (ExecutionTrace trace : profile.sample()) {
            List<Seen> calls = new ArrayList<>();
            for (NodeOccurrence occurrence : trace.occurrences()) {
                for (ToolCall call : occurrence.toolCalls()) {
                    boolean own = call.tool().equals(tool) && occurrence.node().equals(node);
                    if (own || emptying.contains(call.tool())) {
                        calls.add(new Seen(occurrence.node(), call, occurrence.readHashes()));
                    }
                }
            }
            calls.sort(Comparator.comparing(seen -> seen.call().start()));
            runs.add(calls);
        }
    }

    /** What the cache would have done to the node's calls of the tool, each run beginning with an empty one. */
    Reuse replay(Policies.Cache policy) {
        Reuse.Count count = new Reuse.Count();
        for (List<Seen> run : runs) {
            CallCacheReplay cache = new CallCacheReplay(policy);
            boolean used = false;
            for (Seen seen : run) {
                boolean own = seen.node().equals(node) && seen.call().tool().equals(tool);
                if (own || policy.invalidation().tools().contains(seen.call().tool())) {
                    CallCacheReplay.Answer answer = cache.next(seen.call(), seen.reads());
                    used |= answer.hit();
                    if (own) {
                        count.add(answer.hit(), answer.compared(), answer.equal(), answer.ageSeconds());
                    }
                }
            }
            count.run(used);
        }
        return count.reuse();
    }
}
