package dev.fettle.api.strategy;

import dev.fettle.api.Evolving;

/**
 * Takes note of what stopped a strategy, for {@code fettle explain}. Saying so is a strategy's own choice and changes none of
 * its suggestions.
 */
@Evolving
@FunctionalInterface
public interface Refusals {
    /** What is said where there is nothing to look at. */
    String NOT_SEEN = "not in the definition, or in no recorded run";

    /** What is said of what has effects, itself or by its tools, that are external or unknown. */
    String EFFECTS = "has effects that must be kept, or does not declare its effects or those of its tools";

    /** Forgets everything. */
    Refusals NONE = (candidate, condition) -> {};

    /**
     * A condition stopped the strategy.
     *
     * @param candidate what was looked at: a node, or what else the strategy could have changed, as in {@code scan/search}
     * @param condition what is not as the strategy needs it, the same words for every candidate, as in
     *     {@code seen in fewer than 20 runs}
     */
    void refused(String candidate, String condition);
}
