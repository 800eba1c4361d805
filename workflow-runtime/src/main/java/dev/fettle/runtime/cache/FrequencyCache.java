package dev.fettle.runtime.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps what is used most: Caffeine's Window TinyLFU, which ages its counts. Evicts on the calling thread. */
final class FrequencyCache<V> extends GenerationalCache<V> {
    private final Cache<String, V> cache;

    FrequencyCache(int maxEntries, @Nullable Duration timeToLive, LongSupplier nanoTime) {
        Caffeine<Object, Object> builder = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .executor(Runnable::run)
                .ticker(nanoTime::getAsLong);
        if (timeToLive != null) {
            builder.expireAfterWrite(timeToLive);
        }
        cache = builder.build();
    }

    @Override
    public Optional<V> get(String inputHash) {
        return Optional.ofNullable(cache.getIfPresent(inputHash));
    }

    @Override
    void store(String inputHash, V result) {
        cache.put(inputHash, result);
    }

    @Override
    void forget() {
        cache.invalidateAll();
    }
}
