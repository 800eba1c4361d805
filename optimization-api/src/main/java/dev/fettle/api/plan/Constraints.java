package dev.fettle.api.plan;

import dev.fettle.api.Evolving;
import dev.fettle.api.strategy.RiskLevel;
import java.util.Set;

/**
 * What a plan must keep to.
 *
 * @param maxRisk suggestions above it are left out
 * @param minQuality least estimated quality relative to the recorded outcomes, in [0, 1]
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

    public Constraints {
        keepNodes = Set.copyOf(keepNodes);
    }
}
