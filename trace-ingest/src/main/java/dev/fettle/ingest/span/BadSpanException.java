package dev.fettle.ingest.span;

/** A span that cannot be used; the message says why, without naming the place. */
public final class BadSpanException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public BadSpanException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Why, as one sentence. */
    public String reason() {
        return reason;
    }
}
