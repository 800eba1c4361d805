package dev.fettle.core.validate;

import java.time.Duration;

/**
 * How much is run.
 *
 * @param warmUps runs of each version before anything counts; at least 0
 * @param pairs original-and-candidate pairs; at least 1
 * @param noisePairs original-and-original pairs; at least 0
 * @param budget no pair starts after this much time, warm-up included
 * @param runTimeout a run that takes longer is a failure
 * @param resamples of the bootstrap; at least 200
 * @param seed of the order of runs and of the bootstrap
 */
public record DryRunSettings(
        int warmUps, int pairs, int noisePairs, Duration budget, Duration runTimeout, int resamples, long seed) {
    public static final DryRunSettings DEFAULT =
            new DryRunSettings(2, 30, 10, Duration.ofMinutes(5), Duration.ofMinutes(2), 4000, 42);

    public DryRunSettings {
        require("warmUps", warmUps, 0);
        require("pairs", pairs, 1);
        require("noisePairs", noisePairs, 0);
        require("resamples", resamples, 200);
        if (budget.isNegative() || budget.isZero() || runTimeout.isNegative() || runTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "budget is (" + budget + ") and runTimeout (" + runTimeout + "); expected both above zero");
        }
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is (" + value + "); expected at least " + least);
        }
    }
}
