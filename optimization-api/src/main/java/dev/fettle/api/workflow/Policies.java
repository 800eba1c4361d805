package dev.fettle.api.workflow;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a node is run. A null component means that nothing is declared. */
public record Policies(
        @Nullable Duration timeout,
        @Nullable Retry retry,
        @Nullable Cache cache,
        @Nullable Batch batch,
        @Nullable Cascade cascade,
        @Nullable Speculation speculation) {
    public static final Policies NONE = new Policies(null, null, null, null, null, null);

    /** Without a cascade and speculation. */
    public Policies(@Nullable Duration timeout, @Nullable Retry retry, @Nullable Cache cache, @Nullable Batch batch) {
        this(timeout, retry, cache, batch, null, null);
    }

    public Policies withTimeout(@Nullable Duration newTimeout) {
        return new Policies(newTimeout, retry, cache, batch, cascade, speculation);
    }

    public Policies withRetry(@Nullable Retry newRetry) {
        return new Policies(timeout, newRetry, cache, batch, cascade, speculation);
    }

    public Policies withCache(@Nullable Cache newCache) {
        return new Policies(timeout, retry, newCache, batch, cascade, speculation);
    }

    public Policies withBatch(@Nullable Batch newBatch) {
        return new Policies(timeout, retry, cache, newBatch, cascade, speculation);
    }

    public Policies withCascade(@Nullable Cascade newCascade) {
        return new Policies(timeout, retry, cache, batch, newCascade, speculation);
    }

    public Policies withSpeculation(@Nullable Speculation newSpeculation) {
        return new Policies(timeout, retry, cache, batch, cascade, newSpeculation);
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

    /**
     * A cheaper model answers first; the agent's own model is asked where that answer fails a check, or where the cheaper
     * model fails. An empty answer always fails.
     *
     * @param model the model that is asked first
     * @param json whether the answer must be JSON
     * @param pattern a regular expression that must be found in the answer; null for none
     * @param minCharacters least length of the answer without white space around it; 0 for none
     * @param compare a comparison that must hold for the key of the answer, which must be a JSON object then; null for none
     */
    public record Cascade(
            String model,
            boolean json,
            @Nullable String pattern,
            int minCharacters,
            @Nullable Comparison compare) {}

    /**
     * Nodes to which a condition leads start while the condition still decides. Those that it does not choose are cancelled,
     * and what they cost is lost.
     *
     * @param nodes at least one; all without effects
     */
    public record Speculation(List<String> nodes) {
        public Speculation {
            nodes = List.copyOf(nodes);
        }
    }
}
