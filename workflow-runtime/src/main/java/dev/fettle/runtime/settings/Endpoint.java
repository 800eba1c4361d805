package dev.fettle.runtime.settings;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a model answers: a server with an OpenAI-compatible chat API.
 *
 * @param baseUrl up to the version, as in {@code https://models.example.org/v1}
 * @param apiKeyEnvironmentVariable name of the environment variable that holds the key; null for a server without keys
 * @param modelName the server's name for the model; null where it is the same
 * @param timeout for connecting and for each read; null for one minute
 */
public record Endpoint(
        String baseUrl,
        @Nullable String apiKeyEnvironmentVariable,
        @Nullable String modelName,
        @Nullable Duration timeout) {
    public Endpoint {
        if (!baseUrl.startsWith("http://") && !baseUrl.startsWith("https://")) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the baseUrl of a model endpoint is (" + baseUrl + "); expected an address that starts with http://"
                            + " or https://");
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the timeout of a model endpoint is (" + timeout + "); expected a positive duration");
        }
    }

    public Duration timeoutOrDefault() {
        return Optional.ofNullable(timeout).orElse(Duration.ofMinutes(1));
    }
}
