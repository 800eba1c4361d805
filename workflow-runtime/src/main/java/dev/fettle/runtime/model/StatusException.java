package dev.fettle.runtime.model;

import dev.fettle.runtime.http.RetryAdvice;
import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model's server refused a request. */
final class StatusException extends HttpException implements RetryAdvice {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    StatusException(int status, String body, @Nullable Duration retryAfter) {
        super(status, body);
        this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
