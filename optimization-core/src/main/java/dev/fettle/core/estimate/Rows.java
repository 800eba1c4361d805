package dev.fettle.core.estimate;

import org.jspecify.annotations.Nullable;

/**
 * What the steps of a cluster take in one of its states.
 *
 * @param seconds of each step of the cluster
 * @param usd of each step of the cluster
 * @param quality by trace: what the options add to it, usually below zero
 * @param effects of these options alone; null where they cannot be combined
 * @param fate null where no recorded run ends otherwise for them
 */
record Rows(
        double[] seconds,
        double[] usd,
        double[] quality,
        @Nullable CandidateEffects effects,
        @Nullable Fate fate) {
    /** Of options that cannot be combined. */
    static final Rows REFUSED = new Rows(new double[0], new double[0], new double[0], null, null);

    boolean refused() {
        return effects == null;
    }
}
