package dev.fettle.core.estimate;

/**
 * How traces are replayed.
 *
 * @param processors how many CPU-bound members of a block make progress at once; {@link Double#POSITIVE_INFINITY} for no
 *     limit
 * @param interference how much these processors slow each other
 * @param workers how many members of a block run at once, computing or waiting; {@link Double#POSITIVE_INFINITY} for no
 *     limit
 * @param cacheHitSeconds time of an answer from a cache where the sample holds none to learn it from
 * @param resamples of the bootstrap; at least 1
 * @param seed of the bootstrap
 */
public record ReplaySettings(
        double processors,
        Interference interference,
        double workers,
        double cacheHitSeconds,
        int resamples,
        long seed) {
    private static final double CACHE_HIT_SECONDS = 50e-6;
    private static final int RESAMPLES = 400;

    public ReplaySettings {
        if (!(processors >= 1) || !(workers >= 1) || !(cacheHitSeconds >= 0) || resamples < 1) {
            throw new IllegalArgumentException(
                    "the replay settings (" + processors + " processors, " + workers + " workers, " + cacheHitSeconds
                            + " s for a cache hit, " + resamples
                            + " resamples) are not usable; expected at least 1 processor, worker and resample, and no negative time");
        }
    }

    /** For a machine with this many processors that runs as many members of a block at once. */
    public static ReplaySettings of(double processors) {
        return of(processors, processors);
    }

    /** For a machine with this many processors that runs this many members of a block at once. */
    public static ReplaySettings of(double processors, double workers) {
        return new ReplaySettings(processors, Interference.NONE, workers, CACHE_HIT_SECONDS, RESAMPLES, 0);
    }

    /** With processors that slow each other like this. */
    public ReplaySettings with(Interference measured) {
        return new ReplaySettings(processors, measured, workers, cacheHitSeconds, resamples, seed);
    }

    /** How many processors that do not slow each other would get as much done. */
    double undisturbedProcessors() {
        return processors / interference.mean();
    }

    /** For the machine on which this runs. */
    public static ReplaySettings forThisMachine() {
        return of(Runtime.getRuntime().availableProcessors());
    }
}
