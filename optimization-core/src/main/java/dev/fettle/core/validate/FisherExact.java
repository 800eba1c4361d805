package dev.fettle.core.validate;

import org.apache.commons.math3.distribution.HypergeometricDistribution;

/** Fisher's exact test of two proportions, one-sided. */
final class FisherExact {
    private FisherExact() {}

    /** The chance to see at least so many bad ones in the second group if both had the same rate; 1 for an empty group. */
    static double secondIsWorse(Findings.Count first, Findings.Count second) {
        if (first.total() == 0 || second.total() == 0 || first.bad() + second.bad() == 0) {
            return 1;
        }
        return new HypergeometricDistribution(
                        first.total() + second.total(), first.bad() + second.bad(), second.total())
                .upperCumulativeProbability(second.bad());
    }
}
