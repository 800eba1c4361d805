package dev.fettle.ingest.assemble;

/**
 * Limits that keep memory bounded while spans are grouped to traces; the settings of the readers.
 *
 * @param maxOpenTraces how many traces may wait for more spans at a time
 * @param maxOpenSpans how many spans may wait at a time, and how many one trace may have
 * @param idleSpans a trace that has its root and no missing parents is done once so many other spans came after its last
 * @param maxDepth how deeply JSON may nest
 * @param maxArgumentChars tool arguments up to this length are kept as text, longer ones as a hash only
 */
public record ReadLimits(int maxOpenTraces, int maxOpenSpans, int idleSpans, int maxDepth, int maxArgumentChars) {
    public static final ReadLimits DEFAULT = new ReadLimits(1_000, 100_000, 5_000, 1_000, 4_096);
}
