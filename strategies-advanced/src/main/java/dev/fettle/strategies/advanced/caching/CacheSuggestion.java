package dev.fettle.strategies.advanced.caching;

import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The suggestion of a cache, with what it rests on in words. */
final class CacheSuggestion {
    private CacheSuggestion() {}

    /** @param what is kept, as in {@code calls of 'docs' in 'search'} */
    static Suggestion of(
            OptimizationStrategy strategy,
            String id,
            List<String> targets,
            Node node,
            String what,
            CacheChoice choice,
            RiskLevel risk,
            WorkflowChange change) {
        Reuse reuse = choice.reuse();
        Rate equal = choice.vouched();
        return new Suggestion(
                strategy.name() + ":" + id,
                strategy.name(),
                "enable_cache",
                targets,
                "cache:" + node.id(),
                risk,
                risk == RiskLevel.LOW ? Recommendation.AUTOMATIC : Recommendation.AB_TEST,
                reuse.hits() + " of " + reuse.asked() + " " + what
                        + " ask for what their run was answered before, and the kept answer is right in "
                        + equal.successes() + " of " + equal.trials() + " compared cases",
                evidence(choice),
                List.of(change),
                List.of(),
                Confidence.ofConfirmations(equal.trials()) * equal.value());
    }

    private static List<Evidence> evidence(CacheChoice choice) {
        Reuse reuse = choice.reuse();
        Rate equal = reuse.equal();
        Rate across = choice.across();
        List<Evidence> evidence = new ArrayList<>();
        if (equal.trials() > 0 || across.trials() == 0) {
            evidence.add(new Evidence(
                    "kept answers equal recorded ones in " + Figures.rate(equal) + ", by replay of "
                            + Figures.count(reuse.asked(), "recorded question") + ", each run with an empty cache",
                    equal.trials(),
                    reuse.runs(),
                    equal.low(),
                    equal.high()));
        }
        if (across.trials() > 0) {
            evidence.add(new Evidence(
                    "equal questions of different runs, among others, had equal answers in " + Figures.rate(across),
                    across.trials(),
                    reuse.runs(),
                    across.low(),
                    across.high()));
        }
        evidence.add(new Evidence(
                settings(choice.policy()) + " answers " + reuse.hits() + ", a cache without bound "
                        + choice.unbounded().hits(),
                reuse.asked(),
                reuse.runs(),
                reuse.hitRate(),
                reuse.hitRate()));
        return evidence;
    }

    private static String settings(Policies.Cache cache) {
        List<String> words = new ArrayList<>();
        words.add(Figures.count(cache.maxEntries(), "result"));
        words.add(cache.eviction().name().toLowerCase(Locale.ROOT));
        if (cache.timeToLive() != null) {
            words.add("kept for " + Figures.seconds(cache.timeToLive()));
        }
        if (!cache.invalidation().stateKeys().isEmpty()) {
            words.add("with the state " + cache.invalidation().stateKeys() + " in the key");
        }
        if (!cache.invalidation().fileArguments().isEmpty()) {
            words.add("with the files that " + cache.invalidation().fileArguments() + " name in the key");
        }
        if (!cache.invalidation().tools().isEmpty()) {
            words.add("emptied by calls of " + cache.invalidation().tools());
        }
        return "a cache of " + String.join(", ", words);
    }
}
