package dev.fettle.runtime.node;

/** A node returned a state key that it does not declare to write. */
final class UndeclaredWriteException extends Exception {
    private static final long serialVersionUID = 1L;

    UndeclaredWriteException(String message) {
        super(message);
    }
}
