package dev.fettle.strategies.advanced.caching;

import dev.fettle.api.profile.Rate;

/**
 * What a cache would have done to recorded questions.
 *
 * @param asked calls or occurrences
 * @param hits those that the cache would have answered
 * @param equal of the hits whose results are known: how many answers would have been right
 * @param runs with a hit
 * @param oldestEqualSeconds age of the oldest right answer
 * @param youngestUnequalSeconds age of the youngest wrong answer; positive infinity where all were right
 */
record Reuse(long asked, long hits, Rate equal, long runs, double oldestEqualSeconds, double youngestUnequalSeconds) {

    double hitRate() {
        return asked == 0 ? 0 : (double) hits / asked;
    }

    /** A reuse in the making. */
    static final class Count {
        private long asked;
        private long hits;
        private long compared;
        private long equal;
        private long runs;
        private double oldestEqual;
        private double youngestUnequal = Double.POSITIVE_INFINITY;

        void add(boolean hit, boolean known, boolean same, double ageSeconds) {
            asked++;
            hits += hit ? 1 : 0;
            compared += known ? 1 : 0;
            equal += same ? 1 : 0;
            if (same) {
                oldestEqual = Math.max(oldestEqual, ageSeconds);
            } else if (known) {
                youngestUnequal = Math.min(youngestUnequal, ageSeconds);
            }
        }

        void run(boolean used) {
            runs += used ? 1 : 0;
        }

        Reuse reuse() {
            return new Reuse(asked, hits, Rate.of(equal, compared), runs, oldestEqual, youngestUnequal);
        }
    }
}
