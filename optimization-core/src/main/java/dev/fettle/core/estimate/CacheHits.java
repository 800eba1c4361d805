package dev.fettle.core.estimate;

import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Policies;
import java.util.ArrayList;
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

    private record Keyed(ToolCall call, double start, double end) {}

    static CacheHits of(ReplayTrace trace, CandidateEffects effects) {
        if (!effects.cached()) {
            return NONE;
        }
        CacheHits hits = new CacheHits();
        Map<String, List<Step>> cached = new LinkedHashMap<>();
        for (Step step : trace.steps) {
            NodeEffect effect = effects.of(step.node());
            if (!effect.gone() && effect.newCache() != null) {
                cached.computeIfAbsent(step.node(), node -> new ArrayList<>()).add(step);
            }
        }
        cached.forEach((node, steps) -> {
            Policies.Cache policy = effects.of(node).newCache();
            if (policy != null && policy.tool() == null) {
                hits.steps(steps, new CacheReplay(policy));
            } else if (policy != null) {
                hits.calls(steps, policy.tool(), new CacheReplay(policy));
            }
        });
        return hits;
    }

    private void steps(List<Step> candidates, CacheReplay cache) {
        for (Step step : candidates) {
            String key = step.occurrence.readHashes().isEmpty()
                    ? null
                    : new TreeMap<>(step.occurrence.readHashes()).toString();
            if (key != null) {
                if (cache.hit(key, step.start)) {
                    steps.add(step);
                } else if (step.occurrence.status() == Status.OK) {
                    cache.store(key, step.end);
                }
            }
        }
    }

    private void calls(List<Step> candidates, @Nullable String tool, CacheReplay cache) {
        List<Keyed> sequence = new ArrayList<>();
        for (Step step : candidates) {
            for (Step.Item item : step.items()) {
                if (item.tool() != null && item.tool().tool().equals(tool)) {
                    sequence.add(new Keyed(item.tool(), item.start(), item.end()));
                }
            }
        }
        sequence.sort(Comparator.comparingDouble(Keyed::start));
        for (Keyed keyed : sequence) {
            String key = keyed.call().argumentHash();
            if (key != null) {
                if (cache.hit(key, keyed.start())) {
                    calls.add(keyed.call());
                } else if (keyed.call().status() != Status.ERROR) {
                    cache.store(key, keyed.end());
                }
            }
        }
    }

    boolean tool(ToolCall call) {
        return calls.contains(call);
    }

    boolean step(Step step) {
        return steps.contains(step);
    }
}
