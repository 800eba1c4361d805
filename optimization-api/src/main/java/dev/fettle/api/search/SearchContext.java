package dev.fettle.api.search;

import dev.fettle.api.Stable;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;

/** What surrounds a search. */
@Stable
public interface SearchContext {
    Budget budget();

    /** The only source of randomness; split it for independent uses. */
    SplittableGenerator random();

    /**
     * Whether to go on: false once a budget is used up or somebody asked to stop. Cheap, but call it once for some
     * hundred evaluations in a fast loop.
     *
     * @param evaluations made so far
     * @param best score found so far, shown as progress
     */
    boolean mayContinue(long evaluations, double best);

    /**
     * The share of the time limit that has passed, 0 to 1, for algorithms that cool or grow along their budget. 0 where it
     * is not known: then only evaluations are counted.
     */
    default double timeUsed() {
        return 0;
    }

    /** The state in which an earlier search of the same problem and algorithm ended, to go on from. */
    Optional<String> resumeFrom();

    /** The algorithm's own settings. */
    <S extends Record> S settings(Class<S> type);
}
