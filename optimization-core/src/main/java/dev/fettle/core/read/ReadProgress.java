package dev.fettle.core.read;

/** Told now and then how far reading is. */
@FunctionalInterface
public interface ReadProgress {
    /** Tells nobody. */
    ReadProgress NONE = (done, total) -> {};

    /**
     * @param bytesDone bytes read from files, as stored
     * @param bytesTotal size of all files; a pipe counts as 0
     */
    void at(long bytesDone, long bytesTotal);
}
