package dev.fettle.benchmarks.caching;

import dev.fettle.api.cache.CallCacheReplay;
import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.benchmarks.choicedag.FreeModels;
import dev.fettle.core.profile.ProfileAccumulator;
import dev.fettle.core.profile.ProfileSettings;
import dev.fettle.strategies.advanced.caching.CachingSettings;
import dev.fettle.strategies.advanced.caching.ToolCaching;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets the strategy {@link ToolCaching} decide from the earlier runs which tools may be cached, and compares what such caches
 * would have answered in the later runs with what was recorded there. The runs are cut into parts by time; each part is
 * judged by the decision from all parts before it.
 *
 * <p>The strategy is asked about every tool and not for what it gains. A cache of the evaluation knows, when a run starts,
 * what earlier runs were answered before anything acted in them; a call with effects empties it for the rest of the run.
 */
final class CachingTrial {
    private static final int SAMPLE = 5000;

    private final List<ExecutionTrace> runs;
    private final CachingSettings settings;
    private final Workflow workflow;
    private final Map<String, Tally> suggested = new TreeMap<>();
    private long heldOutRepeats;

    /** Answers that caches of one tool would have given. */
    record Tally(long pairs, long equal) {
        Tally plus(Tally other) {
            return new Tally(pairs + other.pairs, equal + other.equal);
        }

        Rate rate() {
            return Rate.of(equal, pairs);
        }
    }

    /** @param runs in order of time */
    CachingTrial(List<ExecutionTrace> runs, CachingSettings settings) {
        this.runs = runs.stream().map(FlatRun::of).toList();
        this.settings = settings;
        this.workflow = FlatRun.workflow(this.runs);
    }

    /** Decides and judges, at so many cuts. */
    void run(int parts) {
        ProfileAccumulator earlier = accumulator();
        int begin = 0;
        for (int part = 1; part <= parts; part++) {
            int end = (int) ((long) runs.size() * part / parts);
            if (begin > 0 && end > begin) {
                Map<String, Policies.Cache> caches = decide(earlier.profile(new FreeModels(), workflow.tools()));
                judge(caches, begin, end);
            }
            runs.subList(begin, end).forEach(earlier::add);
            begin = end;
        }
    }

    private static ProfileAccumulator accumulator() {
        ProfileSettings usual = ProfileSettings.DEFAULT;
        return new ProfileAccumulator(new ProfileSettings(
                SAMPLE,
                Integer.MAX_VALUE,
                usual.maxNodes(),
                SAMPLE,
                usual.maxModels(),
                usual.maxErrorTypes(),
                usual.maxTransitions(),
                SAMPLE,
                SAMPLE));
    }

    /** By tool, the cache that the strategy suggests. */
    private Map<String, Policies.Cache> decide(PerformanceProfile profile) {
        List<Bottleneck> asked = new ArrayList<>();
        for (ToolSpec tool : workflow.tools()) {
            asked.add(new Bottleneck(
                    BottleneckTypes.MISSING_CACHING,
                    Severity.LOW,
                    null,
                    tool.name(),
                    List.of(),
                    "determinism",
                    0,
                    0,
                    new Evidence("asked about every tool", 1, 1, 0, 0),
                    ""));
        }
        StrategyContext context =
                new StrategyContext(workflow, profile, asked, new FreeModels(), ToolTrials.NONE, settings);
        Map<String, Policies.Cache> caches = new TreeMap<>();
        new ToolCaching()
                .suggest(context)
                .forEach(suggestion -> suggestion.changes().forEach(change -> {
                    if (change instanceof AddPolicies added && added.policies().cache() != null) {
                        Policies.Cache cache = added.policies().cache();
                        caches.put(String.valueOf(cache.tool()), cache);
                    }
                }));
        return caches;
    }

    private void judge(Map<String, Policies.Cache> caches, int begin, int end) {
        caches.forEach((tool, cache) -> suggested.merge(tool, judge(tool, cache, begin, end), Tally::plus));
        Set<String> seen = new HashSet<>();
        for (int run = 0; run < end; run++) {
            for (ToolCall call : FlatRun.calls(runs.get(run))) {
                boolean repeated = call.argumentHash() != null && !seen.add(call.tool() + '\0' + call.argumentHash());
                heldOutRepeats += repeated && run >= begin ? 1 : 0;
            }
        }
    }

    private Tally judge(String tool, Policies.Cache cache, int begin, int end) {
        Set<String> acting = cache.invalidation().tools();
        CallCacheReplay beginnings = new CallCacheReplay(
                new Policies.Cache(tool, null, Integer.MAX_VALUE, cache.eviction(), cache.invalidation()));
        long pairs = 0;
        long equal = 0;
        for (int run = 0; run < end; run++) {
            CallCacheReplay own = new CallCacheReplay(cache);
            boolean acted = false;
            for (ToolCall call : FlatRun.calls(runs.get(run))) {
                acted |= acting.contains(call.tool());
                CallCacheReplay.Answer answer = own.next(call, Map.of());
                if (!acted && call.tool().equals(tool)) {
                    CallCacheReplay.Answer other = beginnings.next(call, Map.of());
                    answer = answer.hit() ? answer : other;
                }
                boolean counts = run >= begin && call.tool().equals(tool) && answer.compared();
                pairs += counts ? 1 : 0;
                equal += counts && answer.equal() ? 1 : 0;
            }
        }
        return new Tally(pairs, equal);
    }

    /** By tool: what caches that were suggested at some cut would have answered later; no pairs where nothing was asked then. */
    Map<String, Tally> suggested() {
        return suggested;
    }

    /** All calls. */
    long calls() {
        return runs.stream().mapToLong(run -> FlatRun.calls(run).size()).sum();
    }

    /** Calls whose arguments some earlier call had. */
    long repeats() {
        Set<String> seen = new HashSet<>();
        return runs.stream()
                .flatMap(run -> FlatRun.calls(run).stream())
                .filter(call -> call.argumentHash() != null && !seen.add(call.tool() + '\0' + call.argumentHash()))
                .count();
    }

    /** The same, of calls in runs that were judged. */
    long heldOutRepeats() {
        return heldOutRepeats;
    }

    /** By tool that was never suggested: why. */
    Map<String, String> refused() {
        ProfileAccumulator all = accumulator();
        runs.forEach(all::add);
        PerformanceProfile profile = all.profile(new FreeModels(), workflow.tools());
        Map<String, String> reasons = new TreeMap<>();
        for (ToolSpec tool : workflow.tools()) {
            if (!suggested.containsKey(tool.name())) {
                reasons.put(tool.name(), reason(tool, profile));
            }
        }
        return reasons;
    }

    private String reason(ToolSpec tool, PerformanceProfile profile) {
        if (tool.effects() != Effects.NONE) {
            return ToolNames.reason(tool.name());
        }
        ToolProfile recorded = profile.tools().get(tool.name());
        Rate equal = recorded == null ? Rate.of(0, 0) : recorded.determinism();
        return equal.trials() == 0
                ? "it was never asked the same again, so that there is nothing to compare"
                : String.format(
                        Locale.ROOT,
                        "%d of %d pairs of results for the same arguments are equal (95 %% interval %.2f-%.2f); needed are"
                                + " %.2f and a lower end of %.2f, which takes %d pairs, before the last part of the runs",
                        equal.successes(),
                        equal.trials(),
                        equal.low(),
                        equal.high(),
                        settings.minEqual(),
                        settings.minEqualLow(),
                        fewestPairs());
    }

    /** With fewer pairs the lower end is out of reach, were all of them equal. */
    private long fewestPairs() {
        long pairs = 1;
        while (Rate.of(pairs, pairs).low() < settings.minEqualLow()) {
            pairs++;
        }
        return pairs;
    }
}
