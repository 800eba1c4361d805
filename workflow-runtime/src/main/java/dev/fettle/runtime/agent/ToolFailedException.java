package dev.fettle.runtime.agent;

/** A tool's own code failed: the cause says how. Everything else that goes wrong with a call is the run's. */
public final class ToolFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Exception failure;

    public ToolFailedException(Exception failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    /** What the tool threw. */
    public Exception failure() {
        return failure;
    }
}
