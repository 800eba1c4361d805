package dev.fettle.core.estimate;

import dev.fettle.api.cache.CacheReplay;
import dev.fettle.api.cache.CallCacheReplay;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Policies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which recorded calls and steps a candidate's caches would answer, found by feeding the recorded keys in their order to
 * caches of the configured size, time to live and eviction. A cache lives for one run; keys that were not recorded never
 * hit, and failures are not kept.
 */
final class CacheHits {
    private static final CacheHits NONE = new CacheHits();

    private final Set<ToolCall> calls = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Step> steps = Collections.newSetFromMap(new IdentityHashMap<>());

    private record Keyed(Step step, ToolCall call) {}

    static CacheHits of(ReplayTrace trace, CandidateEffects effects) {
        if (!effects.cached()) {
            return NONE;
        }
        CacheHits hits = new CacheHits();
        for (List<Step> steps : cachedSteps(trace, effects)) {
            hits.ofNode(trace, steps, effects);
        }
        return hits;
    }

    /** By node that has a cache. */
    private static Collection<List<Step>> cachedSteps(ReplayTrace trace, CandidateEffects effects) {
        Map<String, List<Step>> cached = new LinkedHashMap<>();
        for (Step step : trace.steps) {
            NodeEffect effect = effects.of(step);
            if (!effect.gone() && effect.newCache() != null) {
                cached.computeIfAbsent(step.node(), node -> new ArrayList<>()).add(step);
            }
        }
        return cached.values();
    }

    private void ofNode(ReplayTrace trace, List<Step> steps, CandidateEffects effects) {
        Policies.Cache policy = effects.of(steps.get(0)).newCache();
        if (policy != null && policy.tool() == null) {
            steps(steps, policy);
        } else if (policy != null) {
            calls(trace, steps, policy, effects);
        }
    }

    private void steps(List<Step> candidates, Policies.Cache policy) {
        CacheReplay cache = new CacheReplay(policy);
        for (Step step : candidates) {
            String key = key(step.occurrence, policy);
            if (key != null) {
                if (cache.hit(key, step.start)) {
                    steps.add(step);
                } else if (step.occurrence.status() == Status.OK) {
                    cache.store(key, step.end);
                }
            }
        }
    }

    /** Contents of files are not recorded; they count as unchanged where what was written is. */
    private static @Nullable String key(NodeOccurrence occurrence, Policies.Cache policy) {
        if (occurrence.readHashes().isEmpty()) {
            return null;
        }
        String reads = new TreeMap<>(occurrence.readHashes()).toString();
        return policy.invalidation().fileArguments().isEmpty()
                ? reads
                : reads + new TreeMap<>(occurrence.writeHashes());
    }

    /** The calls of the node in order, with those of other nodes that empty the cache. */
    private void calls(ReplayTrace trace, List<Step> own, Policies.Cache policy, CandidateEffects effects) {
        Set<String> emptying = policy.invalidation().tools();
        List<Keyed> sequence = new ArrayList<>();
        for (Step step : emptying.isEmpty() ? own : trace.steps) {
            boolean ours = step.position == own.get(0).position;
            for (ToolCall call : step.occurrence.toolCalls()) {
                if ((ours || emptying.contains(call.tool()))
                        && !effects.of(step).gone()) {
                    sequence.add(new Keyed(step, call));
                }
            }
        }
        sequence.sort(Comparator.comparing(keyed -> keyed.call().start()));
        CallCacheReplay cache = new CallCacheReplay(policy);
        for (Keyed keyed : sequence) {
            if (cache.next(keyed.call(), keyed.step().occurrence.readHashes()).hit()) {
                calls.add(keyed.call());
            }
        }
    }

    boolean tool(ToolCall call) {
        return !calls.isEmpty() && calls.contains(call);
    }

    boolean step(Step step) {
        return !steps.isEmpty() && steps.contains(step);
    }
}
