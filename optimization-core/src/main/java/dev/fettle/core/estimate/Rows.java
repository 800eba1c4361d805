package dev.fettle.core.estimate;

/**
 * What the steps of a cluster take in one of its states.
 *
 * @param kind whether the rest says all; if not, it is empty
 * @param seconds of each step of the cluster
 * @param usd of each step of the cluster
 * @param quality by trace: what the options add to it, usually below zero
 */
record Rows(Kind kind, double[] seconds, double[] usd, double[] quality) {
    /** What a state comes to. */
    enum Kind {
        /** The lengths and amounts are all that it changes. */
        ROWS,
        /** The options cannot be combined. */
        REFUSED,
        /** It decides whether a recorded run goes on to its end, so that only a full replay tells. */
        DECISIVE
    }

    static final Rows REFUSED = none(Kind.REFUSED);
    static final Rows DECISIVE = none(Kind.DECISIVE);

    private static Rows none(Kind kind) {
        return new Rows(kind, new double[0], new double[0], new double[0]);
    }
}
