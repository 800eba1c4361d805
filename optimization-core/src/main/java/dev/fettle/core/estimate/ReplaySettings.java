package dev.fettle.core.estimate;

/**
 * How traces are replayed.
 *
 * @param processors how many CPU-bound members of a block make progress at once; {@link Double#POSITIVE_INFINITY} for no
 *     limit
 * @param cacheHitSeconds time of an answer from a cache where the sample holds none to learn it from
 * @param resamples of the bootstrap; at least 1
 * @param seed of the bootstrap
 */
public record ReplaySettings(double processors, double cacheHitSeconds, int resamples, long seed) {
    private static final double CACHE_HIT_SECONDS = 50e-6;
    private static final int RESAMPLES = 400;

    public ReplaySettings {
        if (!(processors >= 1) || !(cacheHitSeconds >= 0) || resamples < 1) {
            throw new IllegalArgumentException("the replay settings (" + processors + " processors, " + cacheHitSeconds
                    + " s for a cache hit, " + resamples
                    + " resamples) are not usable; expected at least 1 processor and 1 resample, and no negative time");
        }
    }

    /** For a machine with this many processors. */
    public static ReplaySettings of(double processors) {
        return new ReplaySettings(processors, CACHE_HIT_SECONDS, RESAMPLES, 0);
    }

    /** For the machine on which this runs. */
    public static ReplaySettings forThisMachine() {
        return of(Runtime.getRuntime().availableProcessors());
    }
}
