package dev.fettle.search.hillclimbing;

import static dev.fettle.api.SettingCheck.check;

/**
 * @param patience the search has converged after this many climbs in a row that found nothing better; at least 1
 * @param kick share of the decisions that a restart changes at random in the best local optimum, at least two of them;
 *     in (0, 1]
 * @param freshStarts share of the restarts that start from a random candidate instead; in [0, 1]
 */
public record HillClimbingSettings(int patience, double kick, double freshStarts) {
    public HillClimbingSettings {
        check(patience >= 1, "hill-climbing.patience", patience, "at least 1");
        check(kick > 0 && kick <= 1, "hill-climbing.kick", kick, "a share above 0 and up to 1");
        check(freshStarts >= 0 && freshStarts <= 1, "hill-climbing.freshStarts", freshStarts, "0 to 1");
    }

    static final HillClimbingSettings DEFAULT = new HillClimbingSettings(200, 0.06, 0.05);
}
