package dev.fettle.core.plan;

import dev.fettle.api.plan.Estimate;
import dev.fettle.api.strategy.Suggestion;

/**
 * A suggestion by itself.
 *
 * @param estimate of this suggestion alone
 * @param gain by how much it lowers the score, as a part of the score's size at the baseline; below 0 where it makes
 *     recorded runs fail
 * @param rank gain, weighed by confidence and risk; higher comes first
 */
public record RankedSuggestion(Suggestion suggestion, Estimate estimate, double gain, double rank) {}
