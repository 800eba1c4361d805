package dev.fettle.core.validate;

/** Told after each run of a dry run. */
@FunctionalInterface
public interface DryRunProgress {
    DryRunProgress NONE = (done, total, seconds) -> {};

    /**
     * @param done runs made, warm-up included
     * @param total runs to make, unless the time budget ends it
     * @param seconds since the start
     */
    void ran(int done, int total, double seconds);
}
