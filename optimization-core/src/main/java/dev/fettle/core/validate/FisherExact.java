package dev.fettle.core.validate;

import dev.fettle.core.validate.AskedAgain.Compared;
import dev.fettle.core.validate.Findings.Count;
import java.util.List;
import org.apache.commons.math3.distribution.HypergeometricDistribution;

/**
 * Fisher's exact test of two proportions, one-sided, and its form for several tables: their margins given, the sum over the
 * tables is distributed as a sum of hypergeometric variables (Birch, JRSS B 26, 1964). What could not be judged is left out.
 */
final class FisherExact {
    private FisherExact() {}

    /** The chance to see at least so many bad ones in the second group if both had the same rate; 1 for an empty group. */
    static double secondIsWorse(Count first, Count second) {
        return secondIsWorse(List.of(new Compared(first, second)));
    }

    /** The same, where both groups have the same rate in each table, and another in another. */
    static double secondIsWorse(List<Compared> tables) {
        double[] chances = {1};
        int seen = 0;
        for (Compared table : tables) {
            Count first = table.original().judged();
            Count second = table.candidate().judged();
            if (first.total() > 0 && second.total() > 0) {
                chances = plus(
                        chances,
                        new HypergeometricDistribution(
                                first.total() + second.total(), first.bad() + second.bad(), second.total()));
                seen += second.bad();
            }
        }
        double atLeast = 0;
        for (int bad = chances.length - 1; bad >= seen; bad--) {
            atLeast += chances[bad];
        }
        return Math.min(1, atLeast);
    }

    private static double[] plus(double[] chances, HypergeometricDistribution table) {
        double[] sum = new double[chances.length + table.getSupportUpperBound()];
        for (int bad = table.getSupportLowerBound(); bad <= table.getSupportUpperBound(); bad++) {
            double chance = table.probability(bad);
            for (int before = 0; before < chances.length; before++) {
                sum[before + bad] += chances[before] * chance;
            }
        }
        return sum;
    }
}
