package dev.fettle.runtime.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** An MCP server with the tools add, fail, flood, hang, deaf and environment: a program on its standard streams, or a part of an HTTP server. */
public final class McpServerProgram {
    private static final ObjectMapper JSON = new ObjectMapper();

    private McpServerProgram() {}

    /** What starts it. */
    public static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                McpServerProgram.class.getName());
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("a line that is no message");
        String line = lines.readLine();
        while (line != null) {
            if (line.contains("\"deaf\"")) {
                // It lives on, and reads nothing any more.
                new CountDownLatch(1).await();
            }
            String answer = answer(JSON.readTree(line), ProcessHandle.current().pid());
            if (answer != null) {
                System.out.println(answer);
                System.out.flush();
            }
            line = lines.readLine();
        }
    }

    /** Null where there is no answer. */
    static @Nullable String answer(JsonNode message, long pid) throws IOException {
        if (!message.has("id")) {
            return null;
        }
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", message.get("id"));
        JsonNode parameters = message.path("params");
        switch (message.get("method").asText()) {
            case "initialize" -> answer.set("result", JSON.readTree("""
                {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}},
                 "serverInfo": {"name": "test", "version": "1"}}
                """));
            case "tools/call" -> {
                JsonNode given = parameters.path("arguments");
                switch (parameters.path("name").asText()) {
                    case "add" ->
                        answer.set(
                                "result",
                                text(
                                        "{\"sum\": "
                                                + (given.path("a").asInt()
                                                        + given.path("b").asInt()) + ", \"pid\": " + pid + "}",
                                        false));
                    case "flood" -> answer.set("result", text("x".repeat(17 << 20), false));
                    case "environment" ->
                        answer.set(
                                "result",
                                text(
                                        String.valueOf(
                                                System.getenv(given.path("name").asText())),
                                        false));
                    case "fail" -> answer.set("result", text("it broke", true));
                    default -> {
                        return null;
                    }
                }
            }
            default -> answer.set("result", JSON.createObjectNode());
        }
        return JSON.writeValueAsString(answer);
    }

    private static JsonNode text(String text, boolean error) {
        ObjectNode result = JSON.createObjectNode();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result.put("isError", error);
    }
}
