package dev.fettle.runtime.model;

import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.http.HttpCall;
import dev.fettle.runtime.http.LimitedInputStream;
import dev.fettle.runtime.http.RetryAdvice;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** LangChain4j's HTTP client on the calling thread: answers and streams end when a scope is cancelled. */
final class CancellableHttpClient implements HttpClient {
    private static final int MAX_RESPONSE_BYTES = 64 << 20;

    private final CancelScope scope;
    private final CallProgress progress;
    private final Duration connectTimeout;
    private final Duration readTimeout;

    private CancellableHttpClient(
            CancelScope scope, CallProgress progress, Duration connectTimeout, Duration readTimeout) {
        this.scope = scope;
        this.progress = progress;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        return exchange(request, CancellableHttpClient::whole);
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        ErrorsOnce once = new ErrorsOnce(listener);
        try {
            exchange(request, answer -> {
                if (refused(answer)) {
                    whole(answer);
                }
                once.onOpen(SuccessfulHttpResponse.builder()
                        .statusCode(answer.status())
                        .headers(answer.headers())
                        .build());
                parser.parse(new LimitedInputStream(answer.body(), MAX_RESPONSE_BYTES), once);
                once.onClose();
                return answer.status();
            });
        } catch (RuntimeException e) {
            once.onError(e);
        }
    }

    private <T> T exchange(HttpRequest request, HttpCall.Reader<T> reader) {
        String body = request.body();
        HttpCall call = new HttpCall(
                request.method().name(),
                URI.create(request.url()),
                request.headers(),
                body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                connectTimeout,
                readTimeout);
        try {
            return call.exchange(action -> scope.child(action)::close, progress::send, reader);
        } catch (SocketTimeoutException e) {
            throw new TimeoutException("the model's server did not answer within its timeout (" + readTimeout + ")", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the model's server did not answer: " + e.getMessage(), e);
        }
    }

    private static boolean refused(HttpCall.Answer answer) {
        return answer.status() < 200 || answer.status() >= 300;
    }

    private static SuccessfulHttpResponse whole(HttpCall.Answer answer) throws IOException {
        byte[] bytes = HttpCall.readAll(answer.body(), MAX_RESPONSE_BYTES);
        if (refused(answer)) {
            Duration retryAfter = RetryAdvice.parse(answer.header("Retry-After").orElse(null), Clock.systemUTC())
                    .orElse(null);
            String text = new String(bytes, StandardCharsets.UTF_8);
            throw new StatusException(
                    answer.status(),
                    "the model's server answered with status (" + answer.status() + "): " + text,
                    retryAfter);
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(answer.status())
                .headers(answer.headers())
                .body(bytes)
                .build();
    }

    /** Passes on everything until the first error; a stream that broke off is not closed as if it were whole. */
    private static final class ErrorsOnce implements ServerSentEventListener {
        private final ServerSentEventListener listener;
        private boolean failed;

        ErrorsOnce(ServerSentEventListener listener) {
            this.listener = listener;
        }

        @Override
        public void onOpen(SuccessfulHttpResponse response) {
            listener.onOpen(response);
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            if (!failed) {
                listener.onEvent(event, context);
            }
        }

        @Override
        public void onEvent(ServerSentEvent event) {
            if (!failed) {
                listener.onEvent(event);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (!failed) {
                failed = true;
                listener.onError(error);
            }
        }

        @Override
        public void onClose() {
            if (!failed) {
                listener.onClose();
            }
        }
    }

    /** Builds clients whose requests end when a scope is cancelled. */
    static final class Builder implements HttpClientBuilder {
        private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

        private final CancelScope scope;
        private final CallProgress progress;
        private @Nullable Duration connectTimeout;
        private @Nullable Duration readTimeout;

        Builder(CancelScope scope) {
            this(scope, new CallProgress());
        }

        Builder(CancelScope scope, CallProgress progress) {
            this.scope = scope;
            this.progress = progress;
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
            return new CancellableHttpClient(scope, progress, connectTimeout(), readTimeout());
        }
    }
}
