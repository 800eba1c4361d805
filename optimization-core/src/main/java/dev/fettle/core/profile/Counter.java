package dev.fettle.core.profile;

/** A count. */
final class Counter implements Mergeable<Counter> {
    private long count;

    void increment() {
        count++;
    }

    long count() {
        return count;
    }

    @Override
    public void merge(Counter other) {
        count += other.count;
    }
}
