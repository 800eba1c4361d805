package dev.fettle.search.auto;

import static dev.fettle.api.SettingCheck.check;

/**
 * @param race share of the budget that each entrant of the race gets, in (0, 0.2]
 * @param raceFrom the race is run where the budget holds at least this many evaluations for each neighbour of a candidate;
 *     with less, the race would eat what its winner needs
 * @param enumerate spaces of up to this many candidates are searched completely if the budget allows
 */
public record AutoSettings(double race, int raceFrom, int enumerate) {
    public AutoSettings {
        check(race > 0 && race <= 0.2, "auto.race", race, "a share above 0 and up to 0.2");
        check(raceFrom >= 1, "auto.raceFrom", raceFrom, "at least 1");
        check(enumerate >= 1, "auto.enumerate", enumerate, "at least 1");
    }

    static final AutoSettings DEFAULT = new AutoSettings(0.05, 400, 100_000);
}
