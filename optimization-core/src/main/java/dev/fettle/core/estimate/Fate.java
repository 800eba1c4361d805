package dev.fettle.core.estimate;

/**
 * What the options of a cluster decide, in one of its states, about whether recorded runs go on to their end.
 *
 * @param cut by step of the cluster: whether a timeout cuts it or something inside it
 * @param rescued by step of the cluster: the chance that nothing in it that made the recorded run fail fails any more
 */
record Fate(boolean[] cut, double[] rescued) {}
