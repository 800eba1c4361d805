package dev.fettle.runtime.cache;

import java.util.Optional;

/** Results by hash of the input. Bounded; safe for use by several threads. */
public interface ResultCache<V> {
    /** The result, where it is there and has not expired. */
    Optional<V> get(String inputHash);

    /** How often results were forgotten; to be asked before the call whose result may be kept. */
    long generation();

    /**
     * Keeps a result, unless results were forgotten since it was asked for: it may be of the time before.
     *
     * @param asked the generation before the call that gave it
     */
    void put(String inputHash, V result, long asked);

    /** Forgets all results, also those that are asked for now. */
    void clear();
}
