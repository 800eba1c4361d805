package dev.fettle.core.optimize;

/** Told how far long work has come. */
@FunctionalInterface
public interface ProgressListener {
    ProgressListener NONE = (done, total) -> {};

    /**
     * @param total what {@code done} will be at the end; 0 where that is not known
     */
    void advanced(long done, long total);
}
