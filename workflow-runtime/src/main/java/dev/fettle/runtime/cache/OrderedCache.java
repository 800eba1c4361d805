package dev.fettle.runtime.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Evicts exactly the least recently used or the oldest entry. */
final class OrderedCache<V> extends GenerationalCache<V> {
    private final long timeToLiveNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Stored<V>> entries;

    private record Stored<V>(V result, long writtenAt) {}

    /**
     * @param byUse whether a use makes an entry young again
     * @param timeToLiveNanos {@link Long#MAX_VALUE} for no expiry
     */
    OrderedCache(boolean byUse, int maxEntries, long timeToLiveNanos, LongSupplier nanoTime) {
        this.timeToLiveNanos = timeToLiveNanos;
        this.nanoTime = nanoTime;
        this.entries = new LinkedHashMap<>(16, 0.75f, byUse) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Stored<V>> eldest) {
                return size() > maxEntries;
            }
        };
    }

    @Override
    public synchronized Optional<V> get(String inputHash) {
        @Nullable Stored<V> entry = entries.get(inputHash);
        if (entry == null) {
            return Optional.empty();
        }
        if (nanoTime.getAsLong() - entry.writtenAt() >= timeToLiveNanos) {
            entries.remove(inputHash);
            return Optional.empty();
        }
        return Optional.of(entry.result());
    }

    @Override
    synchronized void store(String inputHash, V result) {
        entries.remove(inputHash);
        entries.put(inputHash, new Stored<>(result, nanoTime.getAsLong()));
    }

    @Override
    synchronized void forget() {
        entries.clear();
    }
}
