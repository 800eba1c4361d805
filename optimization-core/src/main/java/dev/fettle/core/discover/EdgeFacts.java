package dev.fettle.core.discover;

import dev.fettle.core.profile.Mergeable;

/** How often one node came after, or ran at the same time as, another. */
final class EdgeFacts implements Mergeable<EdgeFacts> {
    private long count;
    private long runs;
    private long mostInOneRun;

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
