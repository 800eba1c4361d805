package dev.fettle.api.content;

import dev.fettle.api.Evolving;

/** A value that is not a JSON value. The message names the place and the type, and what was expected. */
@Evolving
public final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public NotJsonException(String message) {
        super(message);
        reason = message;
    }

    /** The message, which is always there. */
    public String reason() {
        return reason;
    }

    /** The same, saying first what the value is. */
    public NotJsonException of(String what) {
        return new NotJsonException(what + " cannot be used: " + reason);
    }
}
