package dev.fettle.runtime.cache;

/** Knows when its results were forgotten, so that none comes in that was asked for before. */
abstract class GenerationalCache<V> implements ResultCache<V> {
    private long generation;

    @Override
    public final synchronized long generation() {
        return generation;
    }

    @Override
    public final synchronized void put(String inputHash, V result, long asked) {
        if (asked == generation) {
            store(inputHash, result);
        }
    }

    @Override
    public final synchronized void clear() {
        generation++;
        forget();
    }

    abstract void store(String inputHash, V result);

    abstract void forget();
}
