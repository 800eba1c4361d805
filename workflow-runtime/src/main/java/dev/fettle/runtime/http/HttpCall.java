package dev.fettle.runtime.http;

import dev.fettle.api.execute.ToolContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request on the calling thread. The platform's newer client starts threads that live until it is garbage, so that a
 * run would leave threads behind; this one has none of its own, and cancelling ends the connection. Each request closes its
 * connection at the end. Asking the server to close it instead loses answers of servers that close without lingering, the
 * platform's own among them. Redirects are not followed. A request other than GET and HEAD is sent once: with its length
 * fixed, the platform does not send it again by itself, which could be paid for twice.
 *
 * @param headers several values of one name in a list
 * @param body null for none
 * @param readTimeout for each read of the answer
 */
public record HttpCall(
        String method,
        URI uri,
        Map<String, List<String>> headers,
        byte @Nullable [] body,
        Duration connectTimeout,
        Duration readTimeout) {
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    /** What to do with an answer, before the connection is closed. */
    public interface Reader<T> {
        T read(Answer answer) throws IOException;
    }

    /**
     * An answer whose body is still to be read.
     *
     * @param headers names in lower case
     * @param body empty where there is none
     */
    public record Answer(int status, Map<String, List<String>> headers, InputStream body) {
        public Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst();
        }
    }

    /**
     * Sends the request and reads the answer.
     *
     * @param onCancel registers what ends the connection
     * @throws IOException where the server cannot be reached, takes too long or breaks off, or the call is cancelled
     */
    public <T> T exchange(Function<Runnable, ToolContext.Registration> onCancel, Reader<T> reader) throws IOException {
        return exchange(onCancel, () -> {}, reader);
    }

    /**
     * As {@link #exchange(Function, Reader)}.
     *
     * @param onSend run when the server is reached, before it gets anything; what fails before has asked nothing
     */
    public <T> T exchange(Function<Runnable, ToolContext.Registration> onCancel, Runnable onSend, Reader<T> reader)
            throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(java.net.Proxy.NO_PROXY);
        Cancellation cancellation = new Cancellation(connection);
        ToolContext.Registration registration = onCancel.apply(cancellation::cancel);
        try {
            cancellation.check();
            prepare(connection);
            connection.connect();
            // A connection that is only being made cannot be ended: what was cancelled meanwhile shows here.
            cancellation.check();
            onSend.run();
            send(connection, cancellation);
            int status = connection.getResponseCode();
            InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
            try (InputStream opened = stream == null ? InputStream.nullInputStream() : stream) {
                return reader.read(new Answer(status, headers(connection), whole(connection, opened)));
            }
        } finally {
            registration.close();
            connection.disconnect();
        }
    }

    private InputStream whole(HttpURLConnection connection, InputStream body) {
        long length = connection.getContentLengthLong();
        return length > 0 && !method.equals("HEAD") ? new WholeInputStream(body, length) : body;
    }

    private void prepare(HttpURLConnection connection) throws IOException {
        connection.setRequestMethod(method);
        connection.setConnectTimeout(millis(connectTimeout));
        connection.setReadTimeout(millis(readTimeout));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        headers.forEach((name, values) -> values.forEach(value -> connection.addRequestProperty(name, value)));
        if (hasBody()) {
            connection.setDoOutput(true);
            // Else a request could be sent twice over a connection that was kept too long, and a model be paid twice.
            // The price: of an answer with status 401 or 407 the platform gives no body.
            connection.setFixedLengthStreamingMode(body == null ? 0 : body.length);
        }
    }

    private void send(HttpURLConnection connection, Cancellation cancellation) throws IOException {
        if (hasBody()) {
            try (OutputStream out = connection.getOutputStream()) {
                // The platform connects again where the connection was ended since it was made.
                cancellation.check();
                out.write(body == null ? new byte[0] : body);
            }
        }
    }

    private boolean hasBody() {
        return !SAFE.contains(method) || body != null;
    }

    private static int millis(Duration duration) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }

    private static Map<String, List<String>> headers(HttpURLConnection connection) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        connection.getHeaderFields().forEach((name, values) -> {
            // The status line comes as a header without a name.
            if (name != null) {
                headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .addAll(values);
            }
        });
        return headers;
    }

    /**
     * Reads a body to its end.
     *
     * @throws IOException where it is longer than the limit
     */
    public static byte[] readAll(InputStream body, int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit == Integer.MAX_VALUE ? limit : limit + 1);
        if (bytes.length > limit) {
            throw new IOException("the answer is longer than " + limit + " bytes");
        }
        return bytes;
    }

    /** Ends a connection, also one that is only about to be opened. */
    private static final class Cancellation {
        private final HttpURLConnection connection;
        private volatile boolean cancelled;

        Cancellation(HttpURLConnection connection) {
            this.connection = connection;
        }

        void cancel() {
            cancelled = true;
            connection.disconnect();
        }

        void check() throws IOException {
            if (cancelled) {
                throw new IOException("the request was cancelled");
            }
        }
    }
}
