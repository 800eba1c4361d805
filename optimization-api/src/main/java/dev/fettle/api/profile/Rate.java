package dev.fettle.api.profile;

import dev.fettle.api.Stable;

/**
 * A proportion with its 95 % Wilson score interval (E. B. Wilson, JASA 22, 1927).
 *
 * @param value successes / trials; NaN without trials
 */
@Stable
public record Rate(double value, double low, double high, long successes, long trials) {
    private static final double Z = 1.959963984540054;

    public static Rate of(long successes, long trials) {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "successes (" + successes + ") must be between 0 and the trials (" + trials + ")");
        }
        if (trials == 0) {
            return new Rate(Double.NaN, 0, 1, 0, 0);
        }
        double p = (double) successes / trials;
        double z2 = Z * Z / trials;
        double centre = (p + z2 / 2) / (1 + z2);
        double half = Z * Math.sqrt(p * (1 - p) / trials + z2 / (4 * trials)) / (1 + z2);
        double low = successes == 0 ? 0 : Math.max(0, centre - half);
        double high = successes == trials ? 1 : Math.min(1, centre + half);
        return new Rate(p, low, high, successes, trials);
    }
}
