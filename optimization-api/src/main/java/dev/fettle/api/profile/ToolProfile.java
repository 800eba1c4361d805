package dev.fettle.api.profile;

import dev.fettle.api.Stable;
import java.math.BigDecimal;

/**
 * Statistics of one tool over many runs.
 *
 * @param repeatedCalls calls whose arguments equal those of an earlier call in the same run
 * @param repeatedSameResult those of them whose result equals the latest one for these arguments
 * @param determinism from pairs of successive calls with identical arguments and recorded results, within and across
 *     runs: how many had identical results
 * @param cacheHits and {@code cacheMisses}: as recorded
 */
@Stable
public record ToolProfile(
        String name,
        long calls,
        long failures,
        Rate success,
        DurationSummary duration,
        BigDecimal usd,
        boolean priced,
        long repeatedCalls,
        long repeatedSameResult,
        Rate determinism,
        long cacheHits,
        long cacheMisses) {}
