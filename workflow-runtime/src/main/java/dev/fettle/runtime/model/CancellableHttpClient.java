package dev.fettle.runtime.model;

import dev.fettle.runtime.cancel.CancelScope;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HTTP on the calling thread. The platform's newer client starts threads that live until it is garbage, so that a run would
 * leave threads behind; this one has none, and cancelling the scope ends the connection. A request is sent once: with its
 * length fixed, the platform does not send it again by itself, which could be paid for twice.
 */
final class CancellableHttpClient implements HttpClient {
    private static final int MAX_RESPONSE_BYTES = 64 << 20;

    private final CancelScope scope;
    private final Duration connectTimeout;
    private final Duration readTimeout;

    private CancellableHttpClient(CancelScope scope, Duration connectTimeout, Duration readTimeout) {
        this.scope = scope;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) URI.create(request.url()).toURL().openConnection();
            HttpURLConnection opened = connection;
            try (CancelScope cancelling = scope.child(opened::disconnect)) {
                if (cancelling.cancelled()) {
                    throw new IOException("the request was cancelled");
                }
                return exchange(connection, request);
            }
        } catch (SocketTimeoutException e) {
            throw new TimeoutException("the model's server did not answer within its timeout", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the model's server could not be reached: " + e.getMessage(), e);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private SuccessfulHttpResponse exchange(HttpURLConnection connection, HttpRequest request) throws IOException {
        connection.setRequestMethod(request.method().name());
        connection.setConnectTimeout((int) connectTimeout.toMillis());
        connection.setReadTimeout((int) readTimeout.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        request.headers()
                .forEach((name, values) -> values.forEach(value -> connection.addRequestProperty(name, value)));
        connection.setRequestProperty("Connection", "close");
        String body = request.body();
        if (body != null) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(bytes.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(bytes);
            }
        }
        int status = connection.getResponseCode();
        byte[] answer = read(status < 400 ? connection.getInputStream() : connection.getErrorStream());
        if (status < 200 || status >= 300) {
            throw new HttpException(status, new String(answer, StandardCharsets.UTF_8));
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(status)
                .headers(headers(connection))
                .body(answer)
                .build();
    }

    private static byte[] read(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return new byte[0];
        }
        try (stream) {
            byte[] bytes = stream.readNBytes(MAX_RESPONSE_BYTES + 1);
            if (bytes.length > MAX_RESPONSE_BYTES) {
                throw new IOException("its answer is longer than " + MAX_RESPONSE_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private static Map<String, List<String>> headers(HttpURLConnection connection) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        connection.getHeaderFields().forEach((name, values) -> {
            // The status line comes as a header without a name.
            if (name != null) {
                headers.put(name, values);
            }
        });
        return headers;
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are not streamed here");
    }

    /** Builds clients whose requests end when a scope is cancelled. */
    static final class Builder implements HttpClientBuilder {
        private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

        private final CancelScope scope;
        private @Nullable Duration connectTimeout;
        private @Nullable Duration readTimeout;

        Builder(CancelScope scope) {
            this.scope = scope;
        }

        @Override
        public Duration connectTimeout() {
            return Optional.ofNullable(connectTimeout).orElse(DEFAULT_TIMEOUT);
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        @Override
        public Duration readTimeout() {
            return Optional.ofNullable(readTimeout).orElse(DEFAULT_TIMEOUT);
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            readTimeout = timeout;
            return this;
        }

        @Override
        public HttpClient build() {
            return new CancellableHttpClient(scope, connectTimeout(), readTimeout());
        }
    }
}
