package dev.fettle.runtime.tool.mcp;

import java.io.IOException;

/** A line is longer than is allowed. */
final class LineTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    LineTooLongException(int limit) {
        super("a line of more than " + limit + " bytes, the limit of a message; expected a shorter one");
    }
}
