package dev.fettle.search.bayesian;

import dev.fettle.search.bayesian.BayesianSettings.Acquisition;

/**
 * Acquisition functions of a normal prediction, greater is better. EI and PI are given as logarithms, which still tell
 * candidates apart where the improvement itself underflows (Ament et al., "Unexpected improvements to expected improvement
 * for Bayesian optimization", 2023).
 */
final class Improvement {
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    /** Below this, tail formulas are used. */
    private static final double TAIL = -2.5;

    private Improvement() {}

    static double of(Acquisition acquisition, double mean, double deviation, double best, double confidence) {
        double z = (best - mean) / deviation;
        return switch (acquisition) {
            case EI -> Math.log(deviation) + logExpected(z);
            case PI -> logProbability(z);
            case UCB -> confidence * deviation - mean;
        };
    }

    /** ln(φ(z) + z Φ(z)). */
    static double logExpected(double z) {
        if (z > TAIL) {
            return Math.log(density(z) + z * probability(z));
        }
        // 1 - xR = C / (x + C) with Mills' ratio R = 1 / (x + C): no cancellation.
        double continued = continued(-z);
        return -0.5 * z * z - LOG_ROOT_TWO_PI + Math.log(continued / (continued - z));
    }

    /** ln Φ(z). */
    static double logProbability(double z) {
        if (z > TAIL) {
            return Math.log(probability(z));
        }
        return -0.5 * z * z - LOG_ROOT_TWO_PI - Math.log(continued(-z) - z);
    }

    static double density(double z) {
        return Math.exp(-0.5 * z * z - LOG_ROOT_TWO_PI);
    }

    /** Φ(z), by its Taylor series around 0 (Marsaglia, "Evaluating the normal distribution", 2004). */
    static double probability(double z) {
        if (z > 8) {
            return 1;
        }
        if (z < TAIL) {
            return Math.exp(logProbability(z));
        }
        double sum = z;
        double term = z;
        for (int i = 3; Math.abs(term) > 1e-17; i += 2) {
            term *= z * z / i;
            sum += term;
        }
        return 0.5 + sum * density(z);
    }

    /** 1/(x + 2/(x + 3/(x + ...))), of Laplace's continued fraction for Mills' ratio. */
    private static double continued(double x) {
        double value = 0;
        for (int k = 80; k >= 1; k--) {
            value = k / (x + value);
        }
        return value;
    }
}
