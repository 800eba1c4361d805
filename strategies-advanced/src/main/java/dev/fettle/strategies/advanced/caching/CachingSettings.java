package dev.fettle.strategies.advanced.caching;

import dev.fettle.api.SettingCheck;
import dev.fettle.api.profile.Rate;

/**
 * When a cache is worth it and safe.
 *
 * @param minEqual least part of compared answers that must be right, in [0, 1]
 * @param minEqualLow least lower end of the 95 % interval of that part, in [0, 1]
 * @param minHitRate least part of the questions that the cache must answer, in [0, 1]
 * @param maxEntries most entries, at least 1
 */
public record CachingSettings(double minEqual, double minEqualLow, double minHitRate, int maxEntries) {
    public CachingSettings {
        SettingCheck.share("minEqual", minEqual);
        SettingCheck.share("minEqualLow", minEqualLow);
        SettingCheck.share("minHitRate", minHitRate);
        SettingCheck.atLeast("maxEntries", maxEntries, 1);
    }

    static final CachingSettings DEFAULT = new CachingSettings(0.99, 0.8, 0.05, 1000);

    boolean rightEnough(Rate equal) {
        return equal.trials() > 0 && equal.value() >= minEqual && equal.low() >= minEqualLow;
    }
}
