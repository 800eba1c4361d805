package dev.fettle.runtime.process;

/** A command that could not be started, ended with an error or wrote what it may not. */
public final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }
}
