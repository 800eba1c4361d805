package dev.fettle.api.search;

import dev.fettle.api.Stable;
import java.util.List;

/**
 * What a search found.
 *
 * @param best the best candidate; the baseline where nothing better was found
 * @param front candidates none of which is better than another in all objectives; at least the best
 * @param end why the search ended, for a person
 * @param state to go on from with {@link SearchContext#resumeFrom}; JSON
 */
@Stable
public record SearchResult(
        int[] best, double score, long evaluations, List<FrontPoint> front, String end, String state) {
    /** A candidate with its objective values. */
    public record FrontPoint(int[] candidate, double[] objectives) {}
}
