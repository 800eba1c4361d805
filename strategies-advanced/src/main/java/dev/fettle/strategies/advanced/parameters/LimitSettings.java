package dev.fettle.strategies.advanced.parameters;

import dev.fettle.api.SettingCheck;

/**
 * When a limit follows from outcomes.
 *
 * @param margin added to what successes needed, as a part of it; at least 0
 * @param minSuccesses fewer say nothing
 * @param minBeyond fewer failures beyond the limit are not worth it
 */
public record LimitSettings(double margin, int minSuccesses, int minBeyond) {
    static final LimitSettings DEFAULT = new LimitSettings(0.2, 20, 2);

    public LimitSettings {
        SettingCheck.atLeast("margin", margin, 0);
        SettingCheck.atLeast("minSuccesses", minSuccesses, 1);
        SettingCheck.atLeast("minBeyond", minBeyond, 1);
    }
}
