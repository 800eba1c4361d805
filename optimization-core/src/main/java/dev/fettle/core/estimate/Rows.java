package dev.fettle.core.estimate;

/**
 * What the steps of a cluster take in one of its states.
 *
 * @param applicable whether the options can be combined; if not, the rest is empty
 * @param seconds of each step of the cluster
 * @param usd of each step of the cluster
 * @param quality by trace: what the options add to it, usually below zero
 */
record Rows(boolean applicable, double[] seconds, double[] usd, double[] quality) {
    static final Rows REFUSED = new Rows(false, new double[0], new double[0], new double[0]);
}
