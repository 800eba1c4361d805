package dev.fettle.api.workflow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a node is run. A null component means that nothing is declared. */
public record Policies(
        @Nullable Duration timeout,
        @Nullable Retry retry,
        @Nullable Cache cache,
        @Nullable Batch batch) {
    public static final Policies NONE = new Policies(null, null, null, null);

    public Policies withTimeout(@Nullable Duration newTimeout) {
        return new Policies(newTimeout, retry, cache, batch);
    }

    public Policies withRetry(@Nullable Retry newRetry) {
        return new Policies(timeout, newRetry, cache, batch);
    }

    public Policies withCache(@Nullable Cache newCache) {
        return new Policies(timeout, retry, newCache, batch);
    }

    public Policies withBatch(@Nullable Batch newBatch) {
        return new Policies(timeout, retry, cache, newBatch);
    }

    /**
     * @param maxAttempts including the first; at least 1
     * @param backoff wait before the second attempt; doubles with each further one
     */
    public record Retry(int maxAttempts, Duration backoff) {}

    /**
     * @param tool the tool whose calls are cached; null caches the whole node by what it reads
     * @param timeToLive null for no expiry
     * @param maxEntries at least 1
     */
    public record Cache(@Nullable String tool, @Nullable Duration timeToLive, int maxEntries, Eviction eviction) {
        /** Which entry leaves a full cache. */
        public enum Eviction {
            LRU,
            LFU,
            FIFO
        }
    }

    /**
     * @param tool the tool whose calls are batched
     * @param maxSize most calls in one batch; at least 2
     */
    public record Batch(String tool, int maxSize) {}
}
