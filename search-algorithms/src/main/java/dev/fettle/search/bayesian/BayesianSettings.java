package dev.fettle.search.bayesian;

import static dev.fettle.api.SettingCheck.check;

/**
 * @param acquisition what makes a candidate worth evaluating
 * @param initial evaluations of the initial design; 0 for one and a half for each dimension, and at least 4
 * @param confidence deviations that UCB allows a candidate to be better than its mean; at least 0
 * @param explore every how many-th candidate is chosen by UCB whatever the acquisition, against standstill where the model
 *     is too sure of itself; 0 for none
 * @param samples random candidates among which the search for the next one starts, at least 10
 * @param restarts random starting points in the fit of the model, at least 0
 * @param memory how many evaluations the model holds at most (the best and the latest); at least 10. Its cost grows with
 *     the cube
 */
public record BayesianSettings(
        Acquisition acquisition, int initial, double confidence, int explore, int samples, int restarts, int memory) {
    /** Acquisition functions. */
    public enum Acquisition {
        /** Expected improvement on the best, as its logarithm. */
        EI,
        /** Upper (here, as scores are minimized: lower) confidence bound. */
        UCB,
        /** Probability of an improvement. */
        PI
    }

    public BayesianSettings {
        check(initial >= 0, "bayesian.initial", initial, "at least 0");
        check(
                confidence >= 0 && confidence < Double.POSITIVE_INFINITY,
                "bayesian.confidence",
                confidence,
                "at least 0");
        check(explore >= 0, "bayesian.explore", explore, "at least 0");
        check(samples >= 10, "bayesian.samples", samples, "at least 10");
        check(restarts >= 0, "bayesian.restarts", restarts, "at least 0");
        check(memory >= 10, "bayesian.memory", memory, "at least 10");
    }

    static final BayesianSettings DEFAULT = new BayesianSettings(Acquisition.EI, 0, 1.8, 4, 1000, 2, 400);

    /** The same with another acquisition. */
    public BayesianSettings with(Acquisition other) {
        return new BayesianSettings(other, initial, confidence, explore, samples, restarts, memory);
    }

    /** The defaults. */
    public static BayesianSettings defaults() {
        return DEFAULT;
    }
}
