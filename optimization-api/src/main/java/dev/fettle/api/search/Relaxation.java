package dev.fettle.api.search;

import dev.fettle.api.Evolving;

/**
 * What is learned from a relaxed problem, in which a decision may take a mixture of its options. It tells where good
 * candidates are likely to be, and proves nothing.
 *
 * @param candidate the best candidate met on the way; may be one to start from
 * @param reducedCosts by decision and option: what the option costs more, in units of the score, than the best option of
 *     the decision at the prices of the relaxed optimum; 0 or more, positive infinity where the option cannot be taken.
 *     Nothing for decisions about which nothing is known
 * @param evaluations the work behind it, in evaluations of a candidate; whoever asks counts them
 */
@Evolving
public record Relaxation(int[] candidate, double[][] reducedCosts, int evaluations) {}
