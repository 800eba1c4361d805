package dev.fettle.runtime.node;

import org.jspecify.annotations.Nullable;

/** A node failed or was stopped. The message is for a person and names the node. */
public final class NodeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean cancelled;

    public NodeFailure(String message, boolean cancelled, @Nullable Throwable cause) {
        super(message, cause);
        this.cancelled = cancelled;
    }

    /** Whether it was stopped from outside, and so is not what went wrong. */
    public boolean cancelled() {
        return cancelled;
    }
}
