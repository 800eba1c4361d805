package dev.fettle.api.plan;

import dev.fettle.api.Stable;

/** Where a number comes from. Every number shown to a user says which. */
@Stable
public enum Source {
    /** Counted or timed in recorded or executed runs. */
    MEASURED,
    /** Derived from measurements by a model, with an interval. */
    ESTIMATED,
    /** Stated by somebody: a table, a plugin, a person. */
    ASSUMED;

    /** What a number is that was derived from two others. */
    public Source and(Source other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
