package dev.fettle.runtime.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a model answers.
 *
 * @param baseUrl up to the version, as in {@code https://models.example.org/v1}; for Ollama without one, as in
 *     {@code http://127.0.0.1:11434}
 * @param apiKeyEnvironmentVariable name of the environment variable that holds the key; null for a server without keys
 * @param modelName the server's name for the model; null where it is the same
 * @param timeout for connecting and for each read; null for one minute
 * @param kind which chat API it has; null for OpenAI-compatible
 * @param maxConcurrentCalls most calls at a time to the same baseUrl, of all runs together; null for no limit
 */
public record Endpoint(
        String baseUrl,
        @Nullable String apiKeyEnvironmentVariable,
        @Nullable String modelName,
        @Nullable Duration timeout,
        @Nullable Kind kind,
        @Nullable Integer maxConcurrentCalls) {

    /** The chat API of a server. */
    public enum Kind {
        @JsonProperty("openai")
        OPENAI,
        @JsonProperty("ollama")
        OLLAMA
    }

    public Endpoint(
            String baseUrl,
            @Nullable String apiKeyEnvironmentVariable,
            @Nullable String modelName,
            @Nullable Duration timeout) {
        this(baseUrl, apiKeyEnvironmentVariable, modelName, timeout, null, null);
    }

    public Endpoint {
        if (maxConcurrentCalls != null && maxConcurrentCalls < 1) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the maxConcurrentCalls of a model endpoint is (" + maxConcurrentCalls + "); expected at least 1");
        }
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

    public Kind kindOrDefault() {
        return Optional.ofNullable(kind).orElse(Kind.OPENAI);
    }

    public Duration timeoutOrDefault() {
        return Optional.ofNullable(timeout).orElse(Duration.ofMinutes(1));
    }
}
