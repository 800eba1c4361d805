package dev.fettle.core.prove;

/** A proof that cannot be given; the message says why, as the end of a sentence. */
final class Unprovable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unprovable(String message) {
        super(message, null, false, false);
    }
}
