package dev.fettle.core.discover;

import dev.fettle.core.profile.Mergeable;

/** How often one node came after, or ran at the same time as, another. */
final class EdgeFacts implements Mergeable<EdgeFacts> {
    private long count;
    private long runs;
    private long mostInOneRun;
    private boolean combined;

    /** @param times in one run */
    void addRun(long times) {
        count += times;
        runs++;
        mostInOneRun = Math.max(mostInOneRun, times);
    }

    @Override
    public void merge(EdgeFacts other) {
        count += other.count;
        runs += other.runs;
        mostInOneRun = Math.max(mostInOneRun, other.mostInOneRun);
    }

    /**
     * Takes in an edge that becomes the same when nodes are put into a block. How often one run took both together is not
     * known; it was not more than the sum.
     */
    void combine(EdgeFacts other) {
        combined |= runs > 0;
        count += other.count;
        runs += other.runs;
        mostInOneRun += other.mostInOneRun;
    }

    /** Whether {@link #mostInOneRun} is only an upper bound. */
    boolean combined() {
        return combined;
    }

    long count() {
        return count;
    }

    long runs() {
        return runs;
    }

    long mostInOneRun() {
        return mostInOneRun;
    }
}
