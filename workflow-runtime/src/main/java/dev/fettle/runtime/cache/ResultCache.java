package dev.fettle.runtime.cache;

import java.util.Optional;

/** Results by hash of the input. Bounded; safe for use by several threads. */
public interface ResultCache<V> {
    /** The result, where it is there and has not expired. */
    Optional<V> get(String inputHash);

    void put(String inputHash, V result);

    /** Forgets all results. */
    void clear();
}
