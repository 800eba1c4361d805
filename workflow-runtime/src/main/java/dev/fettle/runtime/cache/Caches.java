package dev.fettle.runtime.cache;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The caches of a run, or of all runs of an executor. Nodes that call the same tool under the same policy share
 * its cache.
 */
public final class Caches {
    private final LongSupplier nanoTime;
    private final Map<Key, ResultCache<Cached>> caches = new ConcurrentHashMap<>();

    private record Key(
            String workflow, @Nullable Node node, @Nullable ToolSpec tool, Policies.Cache policy) {}

    /** A cached result; the value may be null. */
    public record Cached(@Nullable Object value) {}

    /** @param nanoTime a monotonic clock in nanoseconds */
    public Caches(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The cache of a tool's results by hash of the arguments. */
    public ResultCache<Cached> ofTool(String workflow, ToolSpec tool, Policies.Cache policy) {
        return caches.computeIfAbsent(new Key(workflow, null, tool, policy), key -> create(policy));
    }

    /** The cache of a node's updates by hash of what it read. */
    public ResultCache<Cached> ofNode(String workflow, Node node, Policies.Cache policy) {
        return caches.computeIfAbsent(new Key(workflow, node, null, policy), key -> create(policy));
    }

    /** Empties the caches that a call of the tool makes useless. */
    public void called(String workflow, String tool) {
        caches.forEach((key, cache) -> {
            if (key.workflow().equals(workflow)
                    && key.policy().invalidation().tools().contains(tool)) {
                cache.clear();
            }
        });
    }

    private ResultCache<Cached> create(Policies.Cache policy) {
        long timeToLive =
                Optional.ofNullable(policy.timeToLive()).map(Caches::nanos).orElse(Long.MAX_VALUE);
        return switch (policy.eviction()) {
            case LRU -> new OrderedCache<>(true, policy.maxEntries(), timeToLive, nanoTime);
            case FIFO -> new OrderedCache<>(false, policy.maxEntries(), timeToLive, nanoTime);
            case LFU -> new FrequencyCache<>(policy.maxEntries(), policy.timeToLive(), nanoTime);
        };
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
