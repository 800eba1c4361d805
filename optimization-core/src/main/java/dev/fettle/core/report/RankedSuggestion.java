package dev.fettle.core.report;

import dev.fettle.api.plan.Estimate;
import dev.fettle.api.strategy.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * A suggestion in its place among the others.
 *
 * @param estimate of this suggestion alone; null where none could be made
 */
public record RankedSuggestion(
        Suggestion suggestion, @Nullable Estimate estimate) {}
