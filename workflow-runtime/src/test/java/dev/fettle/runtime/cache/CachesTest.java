package dev.fettle.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.workflow.Policies.Cache;
import dev.fettle.api.workflow.ToolSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CachesTest {
    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);

    private ResultCache<Caches.Cached> cache(Cache.Eviction eviction, int size, @Nullable Duration timeToLive) {
        return new Caches(time::get).ofTool("w", ToolSpec.unknown("t"), new Cache("t", timeToLive, size, eviction));
    }

    private static Caches.Cached value(Object value) {
        return new Caches.Cached(value);
    }

    private static void put(ResultCache<Caches.Cached> cache, String key, Object value) {
        cache.put(key, value(value), cache.generation());
    }

    @ParameterizedTest
    @EnumSource(Cache.Eviction.class)
    void whatWasAskedForBeforeResultsWereForgottenIsNotKept(Cache.Eviction eviction) {
        ResultCache<Caches.Cached> cache = cache(eviction, 2, null);
        long before = cache.generation();
        cache.clear();

        cache.put("a", value("stale"), before);
        assertThat(cache.get("a")).isEmpty();
        put(cache, "a", "fresh");
        assertThat(cache.get("a")).contains(value("fresh"));
    }

    @Test
    void leastRecentlyUsedLeavesFirst() {
        ResultCache<Caches.Cached> cache = cache(Cache.Eviction.LRU, 2, null);
        put(cache, "a", 1);
        put(cache, "b", 2);
        assertThat(cache.get("a")).isPresent();
        put(cache, "c", 3);

        assertThat(cache.get("a")).contains(value(1));
        assertThat(cache.get("b")).isEmpty();
    }

    @Test
    void firstInLeavesFirst() {
        ResultCache<Caches.Cached> cache = cache(Cache.Eviction.FIFO, 2, null);
        put(cache, "a", 1);
        put(cache, "b", 2);
        assertThat(cache.get("a")).isPresent();
        put(cache, "c", 3);

        assertThat(cache.get("a")).isEmpty();
        assertThat(cache.get("b")).contains(value(2));
    }

    @Test
    void whatIsUsedOftenStays() {
        ResultCache<Caches.Cached> cache = cache(Cache.Eviction.LFU, 20, null);
        for (int round = 0; round < 50; round++) {
            if (cache.get("often").isEmpty()) {
                put(cache, "often", "x");
            }
            for (int i = 0; i < 10; i++) {
                put(cache, "once" + round + "-" + i, i);
            }
        }

        assertThat(cache.get("often")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Cache.Eviction.class)
    void entriesExpireAfterTheirTimeToLiveAlsoWhereTheClockWrapsAround(Cache.Eviction eviction) {
        ResultCache<Caches.Cached> cache = cache(eviction, 2, Duration.ofNanos(100));
        put(cache, "a", 1);
        time.addAndGet(99);
        assertThat(cache.get("a")).isPresent();
        time.addAndGet(1);

        assertThat(cache.get("a")).isEqualTo(Optional.empty());
    }
}
