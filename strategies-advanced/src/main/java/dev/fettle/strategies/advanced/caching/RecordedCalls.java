package dev.fettle.strategies.advanced.caching;

import dev.fettle.api.cache.CallCacheReplay;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Policies;
import java.util.List;
import java.util.Map;

/** The recorded calls of one tool by one node in the sampled runs, in order; what a cache of one node's calls of one tool would have done. */
final class RecordedCalls {
    private final String node;
    private final String tool;
    private final List<List<Seen>> runs;

    /** A call, the node that made it, and hashes of what that read. */
    record Seen(String node, ToolCall call, Map<String, String> reads) {}

    /** @param runs the node's calls of the tool and those that may empty its cache, in order of their start */
    RecordedCalls(String node, String tool, List<List<Seen>> runs) {
        this.node = node;
        this.tool = tool;
        this.runs = runs;
    }

    /**
     * How often a question that a run asks before anything acted in it has the answer that another run got, so that nothing
     * but the arguments and the key decides. Stronger than equal answers within a run where these are few: more time and
     * other work lie in between.
     */
    Rate across(Policies.Cache policy) {
        CallCacheReplay cache = new CallCacheReplay(policy);
        Reuse.Count count = new Reuse.Count();
        for (List<Seen> run : runs) {
            for (Seen seen : run) {
                if (policy.invalidation().tools().contains(seen.call().tool())) {
                    break;
                }
                if (isOwn(seen)) {
                    CallCacheReplay.Answer answer = cache.next(seen.call(), seen.reads());
                    count.add(answer.hit(), answer.compared(), answer.equal(), 0);
                }
            }
        }
        return count.reuse().equal();
    }

    private boolean isOwn(Seen seen) {
        return seen.node().equals(node) && seen.call().tool().equals(tool);
    }

    /** What the cache would have done to the node's calls of the tool, each run beginning with an empty one. */
    Reuse replay(Policies.Cache policy) {
        Reuse.Count count = new Reuse.Count();
        for (List<Seen> run : runs) {
            CallCacheReplay cache = new CallCacheReplay(policy);
            boolean used = false;
            for (Seen seen : run) {
                boolean own = isOwn(seen);
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
