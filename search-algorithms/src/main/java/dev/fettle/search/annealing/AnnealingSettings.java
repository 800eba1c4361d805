package dev.fettle.search.annealing;

import static dev.fettle.api.SettingCheck.check;

/**
 * @param cooling how the temperature falls
 * @param startTemperature in units of the score; 0 to sample it. A fixed one must fit the score: 100 for scores around 1
 *     accepts nearly every move for most of the run, which is a random walk
 * @param start where sampled: the start temperature in mean rises of the score; above 0
 * @param end final temperature as a share of the start temperature, in (0, 1); less than half of it where the start is
 *     sampled and the problem tells a relaxation
 * @param rounds how often the temperature falls at most within the budget, at least 1; only once where that is short for
 *     the size of the problem. Later rounds start from the best candidate. Where the problem tells a relaxation, there are up
 *     to 32 times as many rounds before it is left aside, and every second one starts where the relaxation points
 * @param reheat start temperature of later rounds as a share of the first one's, in (0, 1]; where the start is sampled and the
 *     problem tells a relaxation, the first round starts colder (at 0.7 of the sampled temperature) and those from the best
 *     candidate at twice this share of that
 */
public record AnnealingSettings(
        Cooling cooling, double startTemperature, double start, double end, int rounds, double reheat) {
    /** Ways to cool. */
    public enum Cooling {
        /** By a constant factor a step, from start to end temperature. */
        GEOMETRIC,
        /** Steered along a course of acceptance rates, whatever temperatures that takes. */
        ADAPTIVE
    }

    public AnnealingSettings {
        check(
                startTemperature >= 0 && startTemperature < Double.POSITIVE_INFINITY,
                "annealing.startTemperature",
                startTemperature,
                "0 (to sample it) or a positive number in units of the score");
        check(start > 0 && start < Double.POSITIVE_INFINITY, "annealing.start", start, "a positive number");
        check(end > 0 && end < 1, "annealing.end", end, "a share between 0 and 1");
        check(rounds >= 1, "annealing.rounds", rounds, "at least 1");
        check(reheat > 0 && reheat <= 1, "annealing.reheat", reheat, "a share above 0 and up to 1");
    }

    static final AnnealingSettings DEFAULT = new AnnealingSettings(Cooling.GEOMETRIC, 0, 0.5, 0.12, 3, 0.5);
}
