package dev.fettle.api.workflow;

import dev.fettle.api.Stable;

/** What running a node or calling a tool does to the world outside the workflow's state. */
@Stable
public enum Effects {
    /** Nothing: may be run again, reordered, run early or dropped. */
    NONE,
    /** Something that is the same when done twice, such as writing a file with given content. */
    IDEMPOTENT,
    /** Something that is not, such as sending a message. */
    EXTERNAL,
    /** Not declared, or discovered from traces. Treated as {@link #EXTERNAL}. */
    UNKNOWN;

    /** Whether a rewrite must keep each occurrence and its order. */
    public boolean mustKeep() {
        return this == EXTERNAL || this == UNKNOWN;
    }

    /** The stronger of the two: what a unit has that does both. */
    public Effects and(Effects other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
