package dev.fettle.api.evidence;

import dev.fettle.api.Stable;
import dev.fettle.api.profile.Rate;

/** How sure a strategy is, derived from the number of observations. */
@Stable
public final class Confidence {
    private Confidence() {}

    /**
     * Confidence after this many observations that all agree with the claim: the lower end of the 95 % Wilson interval of
     * n successes in n trials. 0 for none, 0.72 for 10, 0.91 for 41.
     */
    public static double ofConfirmations(long n) {
        return Rate.of(n, n).low();
    }

    /**
     * How likely the true rate is below the threshold, by the posterior of a binomial rate under a uniform prior:
     * {@code I_t(s+1, f+1)}, computed as the binomial tail {@code P(X >= s+1)} of {@code s+f+1} trials at rate {@code t}
     * (Abramowitz and Stegun 26.5.24).
     *
     * @param threshold in (0, 1)
     */
    public static double below(double threshold, Rate rate) {
        long trials = rate.trials() + 1;
        double logOdds = Math.log(threshold) - Math.log1p(-threshold);
        double logTerm = trials * Math.log1p(-threshold);
        double below = 0;
        for (long k = 0; k <= rate.successes(); k++) {
            below += Math.exp(logTerm);
            logTerm += Math.log((double) (trials - k) / (k + 1)) + logOdds;
        }
        return Math.max(0, Math.min(1, 1 - below));
    }
}
