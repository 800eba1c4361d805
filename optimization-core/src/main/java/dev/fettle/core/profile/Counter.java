package dev.fettle.core.profile;

/** A count. */
public final class Counter implements Mergeable<Counter> {
    private long count;

    public void increment() {
        count++;
    }

    public long count() {
        return count;
    }

    @Override
    public void merge(Counter other) {
        count += other.count;
    }
}
