package dev.fettle.benchmarks.peers;

import dev.fettle.benchmarks.choicedag.ChoiceDag;

/** A system that is compared. Registered with {@code @AutoService(Peer.class)}; stateless. */
public interface Peer {
    /** As it is shown, with its version. */
    String name();

    /**
     * Searches an instance. Building the model and the solver is not part of the time, all that they do then is.
     *
     * @param seconds after which to end
     * @param course hears of each improvement; its clock starts when the search does
     */
    Outcome search(ChoiceDag dag, double seconds, long seed, Course course);

    /**
     * What a search came to.
     *
     * @param choices one option of each node
     * @param evaluations candidates or moves that were scored; 0 where the system does not count such
     * @param lowerBound proved; negative infinity where none is
     */
    record Outcome(int[] choices, long evaluations, double lowerBound) {
        public Outcome(int[] choices, long evaluations) {
            this(choices, evaluations, Double.NEGATIVE_INFINITY);
        }
    }
}
