package dev.fettle.runtime.tool.http;

import dev.fettle.runtime.http.RetryAdvice;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server refused a tool's request, or the request may not be made. */
final class HttpToolException extends Exception implements RetryAdvice {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    HttpToolException(String message, @Nullable Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
