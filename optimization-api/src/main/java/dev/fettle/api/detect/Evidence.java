package dev.fettle.api.detect;

import dev.fettle.api.Stable;

/**
 * What a claim rests on.
 *
 * @param text one sentence for a person, with the figures
 * @param count observations behind it: occurrences, calls or pairs
 * @param runs runs in which they were seen
 * @param low and {@code high}: 95 % interval of the claim's value; equal to it where it is a count without error
 */
@Stable
public record Evidence(String text, long count, long runs, double low, double high) {}
