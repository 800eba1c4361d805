package dev.fettle.runtime.cancel;

/**
 * Why something was stopped.
 *
 * @param message a sentence for a person
 */
public record CancelReason(Kind kind, String message) {
    /** Who stopped it. */
    public enum Kind {
        /** The time limit of the run. */
        RUN_TIMEOUT,
        /** The time limit of a node. */
        NODE_TIMEOUT,
        /** A failure elsewhere in the run. */
        FAILURE,
        /** The thread that waits for the run was interrupted. */
        CALLER
    }
}
