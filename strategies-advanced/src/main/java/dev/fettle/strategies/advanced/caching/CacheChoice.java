package dev.fettle.strategies.advanced.caching;

import dev.fettle.api.profile.Rate;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Policies.Cache.Eviction;
import dev.fettle.api.workflow.Policies.Cache.Invalidation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cache that recorded questions speak for: the first key under which kept answers are right, a time to live no longer
 * than answers were seen to stay right, and the smallest size with the eviction that answers as much as a cache without
 * bound.
 *
 * @param policy the cache
 * @param reuse what it would have done
 * @param unbounded what the same cache without a bound would have done
 * @param across equal answers, those of different runs among them, where those within runs are too few to vouch for the
 *     cache; else no trials
 * @param unequalElsewhere whether answers differ under a simpler key, or beyond the time to live
 */
record CacheChoice(Policies.Cache policy, Reuse reuse, Reuse unbounded, Rate across, boolean unequalElsewhere) {
    private static final Rate NOTHING = Rate.of(0, 0);
    private static final int SMALLEST = 16;
    private static final List<Duration> TIMES =
            List.of(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofMinutes(1));

    /**
     * Finds it.
     *
     * @param tool as in {@link Policies.Cache}
     * @param keys in order of preference
     * @param replay what a cache would have done within the runs
     * @param across how often answers of different runs are equal under a cache without bound
     * @param refused told why there is none
     */
    static Optional<CacheChoice> of(
            @Nullable String tool,
            List<Invalidation> keys,
            CachingSettings settings,
            Function<Policies.Cache, Reuse> replay,
            Function<Policies.Cache, Rate> across,
            Consumer<String> refused) {
        boolean unequal = false;
        for (Invalidation key : keys) {
            Policies.Cache unbounded = cache(tool, null, Integer.MAX_VALUE, Eviction.LRU, key);
            Reuse plain = replay.apply(unbounded);
            Rate elsewhere = NOTHING;
            boolean right = settings.rightEnough(plain.equal());
            if (!right && plain.equal().successes() == plain.equal().trials()) {
                elsewhere = across.apply(unbounded);
                right = settings.rightEnough(elsewhere);
            }
            if (right) {
                Duration timeToLive = stayedRight(plain.oldestEqualSeconds());
                return worthwhile(
                        sized(tool, timeToLive, key, settings, replay, elsewhere, unequal), settings, refused);
            }
            unequal |= plain.equal().successes() < plain.equal().trials();
            for (Duration time : TIMES) {
                Reuse young = replay.apply(cache(tool, time, Integer.MAX_VALUE, Eviction.LRU, key));
                boolean shorter = time.toNanos() / 1e9 <= plain.youngestUnequalSeconds();
                if (shorter && settings.rightEnough(young.equal())) {
                    return worthwhile(sized(tool, time, key, settings, replay, NOTHING, true), settings, refused);
                }
            }
        }
        refused.accept(
                unequal
                        ? "compared answers differ too often, whatever the key and the time to live"
                        : "too few repeated questions with recorded answers to compare, or none");
        return Optional.empty();
    }

    private static Optional<CacheChoice> worthwhile(
            CacheChoice choice, CachingSettings settings, Consumer<String> refused) {
        if (choice.reuse().hitRate() >= settings.minHitRate()) {
            return Optional.of(choice);
        }
        refused.accept("a cache would answer fewer than " + settings.minHitRate() + " of the calls");
        return Optional.empty();
    }

    /** The next of the usual times that is no shorter; results older than any that were compared are not vouched for. */
    private static Duration stayedRight(double seconds) {
        Duration chosen = TIMES.get(0);
        for (Duration time : TIMES) {
            chosen = time.toNanos() / 1e9 >= seconds ? time : chosen;
        }
        return chosen;
    }

    /** The smallest cache that answers as much as one without bound, else the largest that is allowed. */
    private static CacheChoice sized(
            @Nullable String tool,
            Duration timeToLive,
            Invalidation key,
            CachingSettings settings,
            Function<Policies.Cache, Reuse> replay,
            Rate across,
            boolean unequal) {
        Reuse unbounded = replay.apply(cache(tool, timeToLive, Integer.MAX_VALUE, Eviction.LRU, key));
        for (int size = Math.min(SMALLEST, settings.maxEntries()); ; size = Math.min(2 * size, settings.maxEntries())) {
            CacheChoice best = of(cache(tool, timeToLive, size, Eviction.LRU, key), replay, unbounded, across, unequal);
            boolean answersAll = best.reuse().hits() >= unbounded.hits();
            for (Eviction eviction : answersAll ? List.<Eviction>of() : List.of(Eviction.LFU, Eviction.FIFO)) {
                CacheChoice other =
                        of(cache(tool, timeToLive, size, eviction, key), replay, unbounded, across, unequal);
                best = other.reuse().hits() > best.reuse().hits() ? other : best;
            }
            if (best.reuse().hits() >= unbounded.hits() || size >= settings.maxEntries()) {
                return best;
            }
        }
    }

    private static CacheChoice of(
            Policies.Cache cache,
            Function<Policies.Cache, Reuse> replay,
            Reuse unbounded,
            Rate across,
            boolean unequal) {
        return new CacheChoice(cache, replay.apply(cache), unbounded, across, unequal);
    }

    private static Policies.Cache cache(
            @Nullable String tool, @Nullable Duration timeToLive, int size, Eviction eviction, Invalidation key) {
        return new Policies.Cache(tool, timeToLive, size, eviction, key);
    }

    /** The same with the contents of the files in the key that these arguments name. */
    CacheChoice withFiles(Set<String> arguments) {
        Invalidation key = policy.invalidation();
        Invalidation withFiles = new Invalidation(key.stateKeys(), arguments, key.tools());
        return new CacheChoice(
                cache(policy.tool(), policy.timeToLive(), policy.maxEntries(), policy.eviction(), withFiles),
                reuse,
                unbounded,
                across,
                unequalElsewhere);
    }

    /** Whether the answers are right by all that was compared, without state in the key. */
    boolean plain() {
        return !unequalElsewhere
                && policy.invalidation().stateKeys().isEmpty()
                && vouched().successes() == vouched().trials();
    }

    /** The compared answers that the choice rests on. */
    Rate vouched() {
        return across.trials() > 0 ? across : reuse.equal();
    }
}
