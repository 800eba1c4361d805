package dev.fettle.core.profile;

/** Statistics that can be united: merging is associative and commutative, and leaves the other side as it was. */
public interface Mergeable<S> {
    void merge(S other);
}
