package dev.fettle.api;

import org.jspecify.annotations.Nullable;

/**
 * The one exception type of Fettle. The message is a clear sentence with the value, what was expected, and what to do;
 * it is shown to users as it is.
 */
@Stable
public final class FettleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public FettleException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public FettleException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
