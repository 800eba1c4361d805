package dev.fettle.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fettle.runtime.settings.Endpoint;
import dev.fettle.runtime.settings.RuntimeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server with an OpenAI-compatible chat API whose answer depends on what it is asked. */
final class TalkingServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Function<Asked, String> answers;
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    /**
     * One request.
     *
     * @param system the system message; empty where there is none
     * @param prompt the first user message
     * @param toolResults how many results of tools the model was told
     */
    record Asked(String model, String system, String prompt, int toolResults) {}

    /** @param answers gives a text; {@code call NAME} asks for a tool without arguments */
    TalkingServer(Function<Asked, String> answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    RuntimeSettings settings(String... models) {
        return Settings.with(settings -> {
            var endpoints = new LinkedHashMap<String, Endpoint>();
            for (String model : models) {
                endpoints.put(
                        model,
                        new Endpoint("http://127.0.0.1:" + server.getAddress().getPort() + "/v1", null, null, null));
            }
            settings.endpoints = endpoints;
        });
    }

    List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        String system = "";
        String prompt = "";
        int results = 0;
        for (JsonNode message : request.path("messages")) {
            String role = message.path("role").asText();
            system = role.equals("system") ? text(message) : system;
            prompt = role.equals("user") ? text(message) : prompt;
            results += role.equals("tool") ? 1 : 0;
        }
        Asked one = new Asked(request.path("model").asText(), system, prompt, results);
        asked.add(one);
        String answer = answers.apply(one);
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        boolean call = answer.startsWith("call ");
        if (call) {
            message.put(
                    "tool_calls",
                    List.of(Map.of(
                            "id",
                            "c" + results,
                            "type",
                            "function",
                            "function",
                            Map.of("name", answer.substring(5), "arguments", "{}"))));
        } else {
            message.put("content", answer);
        }
        ModelServer.send(
                exchange,
                200,
                ModelServer.completion(JSON.writeValueAsString(message), call ? "tool_calls" : "stop", 10, 2, 0));
        exchange.close();
    }

    private static String text(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isArray() ? content.path(0).path("text").asText() : content.asText();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
