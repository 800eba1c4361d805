package dev.fettle.core.estimate;

import org.jspecify.annotations.Nullable;

/**
 * A step of a replayed run.
 *
 * @param occurrence id of the recorded occurrence
 * @param parent id of the occurrence inside which it ran; null at the top level
 * @param startSeconds since the start of the run
 */
public record PlacedStep(
        String occurrence, @Nullable String parent, String node, int iteration, double startSeconds, double seconds) {}
