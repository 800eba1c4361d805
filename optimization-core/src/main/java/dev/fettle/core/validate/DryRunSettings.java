package dev.fettle.core.validate;

import dev.fettle.api.SettingCheck;
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
        SettingCheck.atLeast("warmUps", warmUps, 0);
        SettingCheck.atLeast("pairs", pairs, 1);
        SettingCheck.atLeast("noisePairs", noisePairs, 0);
        SettingCheck.atLeast("resamples", resamples, 200);
        SettingCheck.check(!budget.isNegative() && !budget.isZero(), "budget", budget, "a duration above zero");
        SettingCheck.check(
                !runTimeout.isNegative() && !runTimeout.isZero(), "runTimeout", runTimeout, "a duration above zero");
    }
}
