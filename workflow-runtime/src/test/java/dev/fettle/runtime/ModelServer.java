package dev.fettle.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fettle.runtime.settings.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server with the chat APIs of OpenAI and Ollama on loopback, which answers as it is told. */
final class ModelServer implements AutoCloseable {
    /** Name of its threads. */
    static final String THREAD = "model server of a test";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Reply> script = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorization = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> new Thread(work, THREAD));
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final HttpServer server;

    /** Answers one request. */
    interface Reply {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** A call of a tool that the model asks for. */
    record Asked(String id, String tool, String arguments) {}

    ModelServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Adds answers, one for each further request; the last one stays. */
    ModelServer then(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Endpoint endpoint() {
        return new Endpoint(address() + "/v1", null, null, Duration.ofSeconds(30));
    }

    List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    List<String> authorization() {
        return List.copyOf(authorization);
    }

    /** Most requests of {@link #inPairs} at the same time. */
    int mostUnderWay() {
        return mostUnderWay.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        authorization.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Reply reply;
        synchronized (script) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            reply = script.get(Math.min(requests.size(), script.size() - 1));
            requests.add(JSON.readTree(body));
        }
        try {
            reply.to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    /** Waits until the server is closed: an answer that never comes. */
    Reply never() {
        return exchange -> closing.await();
    }

    /** Waits for a second request before it answers either, and counts how many wait at the same time. */
    Reply inPairs(Reply reply) {
        CyclicBarrier pair = new CyclicBarrier(2);
        return exchange -> {
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                pair.await();
            } catch (BrokenBarrierException e) {
                throw new IOException(e);
            } finally {
                underWay.decrementAndGet();
            }
            reply.to(exchange);
        };
    }

    static Reply status(int status, String body, Map<String, String> headers) {
        return exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            send(exchange, status, body);
        };
    }

    static Reply text(String text, long input, long output, long cached) {
        return status(200, completion(message(text, List.of()), "stop", input, output, cached), Map.of());
    }

    static Reply tools(List<Asked> calls, long input, long output) {
        return status(200, completion(message(null, calls), "tool_calls", input, output, 0), Map.of());
    }

    static String completion(String message, String reason, long input, long output, long cached) {
        return """
                {"id": "c", "object": "chat.completion", "created": 1, "model": "gpt-test",
                 "choices": [{"index": 0, "finish_reason": "%s", "message": %s}],
                 "usage": {"prompt_tokens": %d, "completion_tokens": %d, "total_tokens": %d,
                           "prompt_tokens_details": {"cached_tokens": %d}}}
                """.formatted(reason, message, input, output, input + output, cached);
    }

    private static String message(@Nullable String text, List<Asked> calls) {
        List<Object> described = new ArrayList<>();
        for (Asked call : calls) {
            described.add(Map.of(
                    "id",
                    call.id(),
                    "type",
                    "function",
                    "function",
                    Map.of("name", call.tool(), "arguments", call.arguments())));
        }
        String content = text == null ? "null" : json(text);
        String toolCalls = calls.isEmpty() ? "" : ", \"tool_calls\": " + json(described);
        return "{\"role\": \"assistant\", \"content\": " + content + toolCalls + "}";
    }

    /** A stream of these events; whether it ends in order. */
    static Reply stream(List<String> events, boolean whole) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            for (String event : events) {
                out.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            if (whole) {
                out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
                out.close();
            }
        };
    }

    static String chunk(String delta, @Nullable String reason) {
        return """
                {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "gpt-test", "choices": [\
                {"index": 0, "delta": %s, "finish_reason": %s}]}""".formatted(delta, reason == null ? "null" : "\"" + reason + "\"");
    }

    static String usageChunk(long input, long output, long cached) {
        return """
                {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "gpt-test", "choices": [], \
                "usage": {"prompt_tokens": %d, "completion_tokens": %d, "total_tokens": %d, \
                "prompt_tokens_details": {"cached_tokens": %d}}}""".formatted(input, output, input + output, cached);
    }

    /** Announces more than it sends, and breaks off. */
    static Reply cutOff() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 5000);
            exchange.getResponseBody().write("{\"id\": \"c\", ".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().close();
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
