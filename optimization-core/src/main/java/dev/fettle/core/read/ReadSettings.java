package dev.fettle.core.read;

/**
 * Limits of reading.
 *
 * @param maxRejections how many rejections are listed; more are only counted
 * @param maxKnownTraces how many trace ids are remembered to tell a trace that comes twice (8 to 16 bytes each)
 */
public record ReadSettings(int maxRejections, int maxKnownTraces) {
    public static final ReadSettings DEFAULT = new ReadSettings(1_000, 1_000_000);
}
