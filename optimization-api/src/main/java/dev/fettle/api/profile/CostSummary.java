package dev.fettle.api.profile;

import dev.fettle.api.Stable;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * Money spent, summed over runs. Models without a known price are listed and not counted as free.
 *
 * @param usdByModel and {@code usdByTool}: the parts of the sum
 */
@Stable
public record CostSummary(
        BigDecimal usd,
        Map<String, BigDecimal> usdByModel,
        Map<String, BigDecimal> usdByTool,
        Set<String> unpricedModels) {
    public static final CostSummary NONE = new CostSummary(BigDecimal.ZERO, Map.of(), Map.of(), Set.of());
}
