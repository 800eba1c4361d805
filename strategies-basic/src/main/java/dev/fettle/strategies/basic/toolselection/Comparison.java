package dev.fettle.strategies.basic.toolselection;

import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;

/**
 * What is known of an alternative, relative to the tool that answers.
 *
 * @param seconds of a call
 * @param success of the tool's calls and {@code alternativeSuccess} of the alternative's, in [0, 1]; NaN where not known
 * @param pairs calls with the same arguments whose results could be compared
 * @param equal those with equal results
 * @param observations calls of the alternative behind it
 * @param basis in words
 */
record Comparison(
        Amount seconds,
        double success,
        double alternativeSuccess,
        long pairs,
        long equal,
        long observations,
        Source source,
        String basis) {}
