package dev.fettle.core.read;

import java.util.List;

/**
 * What was read and what was not.
 *
 * @param read traces handed on, incomplete ones included
 * @param incomplete traces of which spans are known to be missing
 * @param rejected in order of reading, at most as many as the setting {@code maxRejections} allows
 * @param moreRejected how many rejections came after those listed
 */
public record ReadSummary(long read, long incomplete, List<Rejection> rejected, long moreRejected) {
    public ReadSummary {
        rejected = List.copyOf(rejected);
    }

    /**
     * Something that could not be read.
     *
     * @param source file, and line, byte or trace within it
     */
    public record Rejection(String source, String reason) {}
}
