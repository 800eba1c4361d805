package dev.fettle.core.estimate;

import dev.fettle.api.plan.Constraints;

/**
 * Prices of quality and money beyond what the objective says, where bounds on them decide. Found like those of time: a price
 * mixes in the highest sensible one while the mixture of options misses the bound, and nothing while it keeps it.
 */
final class BoundPrices {
    /** Smaller bounds have no room that a price could be told from. */
    private static final double LEAST_ROOM = 1e-3;

    private final Constraints constraints;
    private final Means baseline;
    private double perQuality;
    private double perUsd;

    BoundPrices(Constraints constraints, Means baseline) {
        this.constraints = constraints;
        this.baseline = baseline;
    }

    /**
     * @param quality change of the mean quality by the mixture
     * @param usd change of the mean cost
     */
    void mix(double step, double quality, double usd) {
        boolean poor = baseline.quality() + quality < constraints.minQuality();
        boolean dear = baseline.usd() + usd > constraints.maxCostUsd();
        perQuality += step * ((poor ? most(baseline.quality() - constraints.minQuality()) : 0) - perQuality);
        perUsd += step * ((dear ? most(constraints.maxCostUsd()) : 0) - perUsd);
    }

    /** To lose all the room that a bound leaves would cost as much as the whole baseline is worth. */
    private static double most(double room) {
        return 1 / Math.max(LEAST_ROOM, room);
    }

    /** What a change of the means costs at these prices, in units of the score. */
    double cost(double quality, double usd) {
        double cost = -perQuality * quality;
        return perUsd == 0 ? cost : cost + perUsd * usd;
    }
}
