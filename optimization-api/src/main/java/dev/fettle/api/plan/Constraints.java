package dev.fettle.api.plan;

import dev.fettle.api.Evolving;
import dev.fettle.api.strategy.RiskLevel;
import java.util.Set;

/**
 * What a plan must keep to.
 *
 * @param maxRisk suggestions above it are left out
 * @param minQuality least estimated quality relative to the recorded outcomes, in [0, 1]; 0 for no bound
 * @param maxCostUsd greatest mean cost of a run; positive infinity for no bound
 * @param maxMemoryBytes greatest memory of concurrently running nodes; positive infinity for no bound
 * @param keepNodes nodes that no plan may remove
 * @param minConfidence suggestions with less are left out, in [0, 1]
 */
@Evolving
public record Constraints(
        RiskLevel maxRisk,
        double minQuality,
        double maxCostUsd,
        double maxMemoryBytes,
        Set<String> keepNodes,
        double minConfidence) {
    public static final Constraints DEFAULT =
            new Constraints(RiskLevel.MEDIUM, 0.95, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Set.of(), 0);

    /** Part of a bound by which it may be missed: what meets it exactly is not to miss it by rounding. */
    private static final double ROUNDING = 1e-9;

    public Constraints {
        keepNodes = Set.copyOf(keepNodes);
    }

    /** Whether an estimated quality keeps the bound; one that is not a number does not. */
    public boolean allowsQuality(double quality) {
        return quality >= minQuality - ROUNDING || minQuality <= 0;
    }

    /** Whether an estimated mean cost keeps the bound; one that is not a number keeps only no bound. */
    public boolean allowsCostUsd(double usd) {
        return usd <= maxCostUsd * (1 + ROUNDING) || maxCostUsd == Double.POSITIVE_INFINITY;
    }

    /** Whether estimated memory keeps the bound; what is not a number keeps only no bound. */
    public boolean allowsMemoryBytes(double bytes) {
        return bytes <= maxMemoryBytes * (1 + ROUNDING) || maxMemoryBytes == Double.POSITIVE_INFINITY;
    }
}
