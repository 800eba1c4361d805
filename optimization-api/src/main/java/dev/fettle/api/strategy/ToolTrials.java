package dev.fettle.api.strategy;

import dev.fettle.api.Stable;
import java.util.Optional;

/**
 * Trial calls of tools without effects on arguments that were recorded for another tool. Where the workflow cannot be
 * run there are none.
 */
@Stable
public interface ToolTrials {
    ToolTrials NONE = (tool, alternative) -> Optional.empty();

    /** What calling the alternative instead of the tool did; empty where it could not be tried. */
    Optional<Result> compare(String tool, String alternative);

    /**
     * @param pairs calls made with both
     * @param equal pairs with equal results
     * @param secondsFactor time of the alternative, relative to the tool's in the same trial: ratio of the sums, with a 90 %
     *     interval
     * @param failures calls of the alternative that failed
     */
    record Result(long pairs, long equal, Amount secondsFactor, long failures) {}
}
