package dev.fettle.runtime.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An error whose server said when to try again (the header Retry-After, RFC 9110, section 10.2.3). */
public interface RetryAdvice {
    /** How long to wait before trying again; empty where the server said nothing. */
    Optional<Duration> retryAfter();

    /** The advice of an error or of what caused it; zero where there is none. */
    static Duration of(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 32; depth++) {
            if (cause instanceof RetryAdvice advice) {
                return advice.retryAfter().orElse(Duration.ZERO);
            }
            cause = cause.getCause();
        }
        return Duration.ZERO;
    }

    /** Reads the header: seconds, or the date to wait for. */
    static Optional<Duration> parse(@Nullable String header, Clock clock) {
        if (header == null) {
            return Optional.empty();
        }
        String text = header.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ENGLISH);
            Duration wait = Duration.between(
                    clock.instant(), ZonedDateTime.parse(text, format).toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
