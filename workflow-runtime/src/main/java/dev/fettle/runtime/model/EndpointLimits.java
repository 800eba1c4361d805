package dev.fettle.runtime.model;

import dev.fettle.runtime.settings.Endpoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a server gets at a time, over all runs of an executor. Models that share an address share its limit; where
 * their settings differ, each waits for its own.
 */
public final class EndpointLimits {
    private final Map<Key, Semaphore> semaphores = new ConcurrentHashMap<>();

    private record Key(String baseUrl, int limit) {}

    /** A place among the calls under way. */
    interface Permit {
        void release();
    }

    /** Waits for a place; callers are served in their order. */
    Permit acquire(@Nullable Endpoint endpoint) throws InterruptedException {
        Integer limit = endpoint == null ? null : endpoint.maxConcurrentCalls();
        if (endpoint == null || limit == null) {
            return () -> {};
        }
        Semaphore semaphore =
                semaphores.computeIfAbsent(new Key(endpoint.baseUrl(), limit), key -> new Semaphore(key.limit(), true));
        semaphore.acquire();
        return semaphore::release;
    }
}
