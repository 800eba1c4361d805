package dev.fettle.runtime.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fettle.runtime.settings.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** An OpenAI-compatible server on the loopback interface that answers as a test says. */
final class ModelServer implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());

    /** What a chat is answered; the argument is the prompt of the user. */
    static ModelServer chatting(Function<JsonNode, String> answer) throws IOException {
        return new ModelServer(request -> {
            ObjectNode root = MAPPER.createObjectNode().put("id", "1").put("object", "chat.completion");
            ObjectNode choice =
                    root.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
            choice.putObject("message").put("role", "assistant").put("content", answer.apply(request));
            root.putObject("usage")
                    .put("prompt_tokens", 1000)
                    .put("completion_tokens", 100)
                    .put("total_tokens", 1100);
            return root.toString();
        });
    }

    static ModelServer embedding(Function<String, double[]> vector) throws IOException {
        return new ModelServer(request -> {
            ObjectNode root = MAPPER.createObjectNode().put("object", "list");
            var data = root.putArray("data");
            int index = 0;
            for (JsonNode text : request.path("input")) {
                ObjectNode one = data.addObject().put("object", "embedding").put("index", index++);
                var values = one.putArray("embedding");
                for (double value : vector.apply(text.asText())) {
                    values.add(value);
                }
            }
            root.putObject("usage").put("prompt_tokens", 10).put("total_tokens", 10);
            return root.toString();
        });
    }

    static ModelServer saying(int status, String body) throws IOException {
        return new ModelServer(status, request -> body);
    }

    private ModelServer(Function<JsonNode, String> body) throws IOException {
        this(200, body);
    }

    private ModelServer(int status, Function<JsonNode, String> body) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/", exchange -> answer(exchange, status, body));
        server.start();
    }

    private void answer(HttpExchange exchange, int status, Function<JsonNode, String> body) throws IOException {
        JsonNode request = MAPPER.readTree(exchange.getRequestBody());
        requests.add(request);
        byte[] bytes = body.apply(request).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    Endpoint endpoint() {
        return new Endpoint(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1", null, null, Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
