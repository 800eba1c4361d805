package dev.fettle.core.validate;

import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * When a dry run is looked at: after each quarter of its pairs. Looking several times would make it easier for chance to
 * decide, so each look asks for more than the usual 95 %: the boundary of O'Brien and Fleming (Biometrics 35, 1979) by the
 * spending function of Lan and DeMets (Biometrika 70, 1983) for four equal looks and a two-sided 5 %. The intervals of all
 * four looks together hold the true value in 95 % of dry runs, so the one of the look at which it stops does, too.
 *
 * @param number from 1 to 4
 * @param z normal quantile of the look's interval
 */
record Look(int number, double z) {
    private static final double[] Z = {4.3326, 2.9631, 2.3590, 2.0141};
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** After all pairs, or where the time is over. */
    static final Look LAST = new Look(Z.length, Z[Z.length - 1]);

    /** The look that is due after so many of all pairs; empty where none is. */
    static Optional<Look> after(int pairs, int all) {
        for (int number = 1; number < Z.length; number++) {
            if (pairs == (all * number + Z.length - 1) / Z.length) {
                return Optional.of(new Look(number, Z[number - 1]));
            }
        }
        return Optional.empty();
    }

    boolean last() {
        return number == Z.length;
    }

    /** The chance to miss on one side. */
    double tail() {
        return 1 - NORMAL.cumulativeProbability(z);
    }
}
