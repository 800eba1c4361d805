package dev.fettle.runtime.tool.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.runtime.http.HttpCall;
import dev.fettle.runtime.http.LimitedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A server behind the streamable HTTP transport of MCP: each message is a POST on the calling thread, and the answer is JSON
 * or a stream of events. Redirects are not followed.
 */
final class HttpTransport extends CallTransport {
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final URI uri;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final Map<Thread, Runnable> underWay = new ConcurrentHashMap<>();
    private volatile @Nullable String session;

    HttpTransport(URI uri, Map<String, String> headers, Duration timeout) {
        this.uri = uri;
        this.headers = headers;
        this.timeout = timeout;
    }

    @Override
    void open() {
        // A session begins with its first message.
    }

    @Override
    void send(String message) throws IOException {
        Set<JsonNode> answered = new HashSet<>();
        request("POST", message, timeout).exchange(this::onCancel, answer -> {
            answer.header("Mcp-Session-Id").ifPresent(value -> session = value);
            read(answer, answered);
            return answer.status();
        });
        JsonNode id = JSON.readTree(message).get("id");
        if (id != null && !answered.contains(id)) {
            // Nothing else is listened to, so nobody else would end the wait for it.
            throw new IOException("the MCP server ended its answer without a response to the request (" + id + ")");
        }
    }

    private HttpCall request(String method, @Nullable String message, Duration limit) {
        Map<String, List<String>> sent = new LinkedHashMap<>();
        sent.put("Accept", List.of("application/json, text/event-stream"));
        sent.put("Content-Type", List.of("application/json"));
        headers.forEach((name, value) -> sent.put(name, List.of(value)));
        String id = session;
        if (id != null) {
            sent.put("Mcp-Session-Id", List.of(id));
        }
        byte[] body = message == null ? null : message.getBytes(StandardCharsets.UTF_8);
        return new HttpCall(method, uri, sent, body, limit, limit);
    }

    private ToolContext.Registration onCancel(Runnable action) {
        Thread caller = Thread.currentThread();
        underWay.put(caller, action);
        return () -> underWay.remove(caller, action);
    }

    @Override
    void cancel(Thread caller) {
        Runnable action = underWay.get(caller);
        if (action != null) {
            action.run();
        }
    }

    private void read(HttpCall.Answer answer, Set<JsonNode> answered) throws IOException {
        if (answer.status() < 200 || answer.status() >= 300) {
            throw new IOException("the MCP server answered with status (" + answer.status() + ")");
        }
        String type = answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        LimitedInputStream body = new LimitedInputStream(answer.body(), MAX_BYTES);
        if (type.startsWith("text/event-stream")) {
            events(body, answered);
        } else if (type.startsWith("application/json")) {
            byte[] bytes = HttpCall.readAll(body, MAX_BYTES);
            if (bytes.length > 0) {
                messages(JSON.readTree(bytes), answered);
            }
        }
    }

    private void events(LimitedInputStream body, Set<JsonNode> answered) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder data = new StringBuilder();
        String line = lines.readLine();
        while (line != null) {
            if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()).strip()).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                messages(JSON.readTree(data.toString()), answered);
                data.setLength(0);
            }
            line = lines.readLine();
        }
        if (!data.isEmpty()) {
            messages(JSON.readTree(data.toString()), answered);
        }
    }

    private void messages(JsonNode node, Set<JsonNode> answered) {
        for (JsonNode message : node.isArray() ? node : List.of(node)) {
            if (message.has("result") || message.has("error")) {
                answered.add(message.path("id"));
            }
            received(message);
        }
    }

    /** Calls under way end first: the server may be one that does not answer. */
    @Override
    public void close() {
        underWay.values().forEach(Runnable::run);
        if (session != null) {
            try {
                Duration limit = timeout.compareTo(GOODBYE) < 0 ? timeout : GOODBYE;
                request("DELETE", null, limit).exchange(this::onCancel, HttpCall.Answer::status);
            } catch (IOException e) {
                // A server need not let clients end sessions.
            }
            session = null;
        }
    }
}
