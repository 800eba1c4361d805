package dev.fettle.api.workflow;

import dev.fettle.api.Evolving;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a node is run. A null component means that nothing is declared. */
@Evolving
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

    /** These policies, with those that the others declare in their place. */
    public Policies with(Policies others) {
        return new Policies(
                others.timeout == null ? timeout : others.timeout,
                others.retry == null ? retry : others.retry,
                others.cache == null ? cache : others.cache,
                others.batch == null ? batch : others.batch,
                others.cascade == null ? cascade : others.cascade,
                others.speculation == null ? speculation : others.speculation);
    }

    /** What is declared, for a person, as in {@code a timeout of 30000 ms, a cache of 'index'}. */
    public String words() {
        List<String> words = new ArrayList<>();
        if (timeout != null) {
            words.add("a timeout of " + timeout.toMillis() + " ms");
        }
        if (retry != null) {
            words.add("up to " + retry.maxAttempts() + " attempts");
        }
        if (cache != null) {
            words.add(cache.tool() == null ? "a cache" : "a cache of '" + cache.tool() + "'");
        }
        if (batch != null) {
            words.add("up to " + batch.maxSize() + " calls of '" + batch.tool() + "' "
                    + (batch.concurrent() ? "at the same time" : "in a batch"));
        }
        if (cascade != null) {
            words.add("'" + cascade.model() + "' asked first");
        }
        if (speculation != null) {
            words.add("an early start of " + String.join(", ", speculation.nodes()));
        }
        return words.isEmpty() ? "no policies" : String.join(", ", words);
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
     * @param invalidation what makes a kept result useless before its time
     */
    public record Cache(
            @Nullable String tool,
            @Nullable Duration timeToLive,
            int maxEntries,
            Eviction eviction,
            Invalidation invalidation) {

        /** A cache whose results stay right. */
        public Cache(@Nullable String tool, @Nullable Duration timeToLive, int maxEntries, Eviction eviction) {
            this(tool, timeToLive, maxEntries, eviction, Invalidation.NONE);
        }

        /** For another tool. */
        public Cache of(@Nullable String newTool) {
            return new Cache(newTool, timeToLive, maxEntries, eviction, invalidation);
        }

        /**
         * What a result depends on beside the arguments. Values of state keys and contents of files become part of the key,
         * so that a result kept for other values is not found; a call of one of the tools empties the cache.
         *
         * @param stateKeys among those that the node reads
         * @param fileArguments arguments (state keys, where a whole node is cached) that name files; what names anything but
         *     regular files is not cached
         * @param tools whose calls, by any node, change what the cached tool answers
         */
        public record Invalidation(Set<String> stateKeys, Set<String> fileArguments, Set<String> tools) {
            public static final Invalidation NONE = new Invalidation(Set.of(), Set.of(), Set.of());

            public Invalidation {
                stateKeys = Copies.set(stateKeys);
                fileArguments = Copies.set(fileArguments);
                tools = Copies.set(tools);
            }

            public boolean isNone() {
                return stateKeys.isEmpty() && fileArguments.isEmpty() && tools.isEmpty();
            }
        }

        /** Which entry leaves a full cache. */
        public enum Eviction {
            LRU,
            LFU,
            FIFO
        }
    }

    /**
     * Calls that a node asks for together are made together.
     *
     * @param tool the tool whose calls are batched
     * @param maxSize most calls in one batch; at least 2
     * @param concurrent whether each call is made by itself and all at the same time, in place of the tool's batch form
     */
    public record Batch(String tool, int maxSize, boolean concurrent) {

        /** Batches in the tool's batch form. */
        public Batch(String tool, int maxSize) {
            this(tool, maxSize, false);
        }
    }

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
