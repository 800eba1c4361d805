package dev.fettle.core.report;

import java.util.List;

/**
 * What was read.
 *
 * @param read traces that were used
 * @param incomplete those of them with missing spans
 * @param rejected what was not usable
 * @param recorded whether the traces come from runs made for this analysis, rather than from files
 */
public record TraceCounts(long read, long incomplete, List<Rejected> rejected, boolean recorded) {
    public TraceCounts {
        rejected = List.copyOf(rejected);
    }

    /**
     * @param source the file and the place in it
     */
    public record Rejected(String source, String reason) {}
}
