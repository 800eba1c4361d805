package dev.fettle.core.estimate;

/**
 * A finished replay of the same trace that kept its steps, for replays of other candidates, most of whose steps are the same.
 *
 * @param replay under the other candidate's effects
 * @param difference between both candidates
 */
record Precedent(TraceReplay replay, Difference difference) {
    /**
     * How the effects of two candidates differ.
     *
     * @param nodes by position: whether the effects on the node are not the same
     * @param sameOrder whether the nodes run in the same order
     * @param sameCaches whether the same calls reach the same caches
     */
    record Difference(boolean[] nodes, boolean sameOrder, boolean sameCaches) {
        static Difference of(CandidateEffects one, CandidateEffects other) {
            return new Difference(one.differing(other), one.sameOrder(other), one.sameCaches(other));
        }

        boolean at(Step step) {
            return step.position >= 0 && nodes[step.position];
        }
    }
}
