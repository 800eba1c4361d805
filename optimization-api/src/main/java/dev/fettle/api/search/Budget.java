package dev.fettle.api.search;

import dev.fettle.api.Stable;
import java.time.Duration;

/**
 * When a search ends at the latest: whichever limit comes first.
 *
 * @param maxUsd for candidates that are really run; 0 where none is
 */
@Stable
public record Budget(long maxEvaluations, Duration maxTime, double maxUsd) {
    public Budget {
        if (maxEvaluations < 1 || maxTime.isNegative() || maxTime.isZero() || !(maxUsd >= 0)) {
            throw new IllegalArgumentException(
                    "the budget (" + maxEvaluations + " evaluations, " + maxTime + ", " + maxUsd
                            + " USD) is not usable; expected at least 1 evaluation, a positive time and no negative money");
        }
    }
}
