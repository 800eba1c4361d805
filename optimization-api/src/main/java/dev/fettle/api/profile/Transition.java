package dev.fettle.api.profile;

import dev.fettle.api.Stable;

/**
 * How often control passed directly from one node to the next.
 *
 * @param count over all runs
 * @param overlapping how often the second started before the first had ended
 */
@Stable
public record Transition(String from, String to, long count, long overlapping) {}
