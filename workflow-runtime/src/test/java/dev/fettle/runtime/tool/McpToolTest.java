package dev.fettle.runtime.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fettle.api.execute.StandaloneToolContext;
import dev.fettle.runtime.tool.mcp.McpTool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class McpToolTest {
    private static final List<String> COMMAND = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            McpServerProgram.class.getName());

    private final McpTool mcp = new McpTool();
    private final List<String> sessions = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/json", exchange -> answer(exchange, false));
        server.createContext("/events", exchange -> answer(exchange, true));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, boolean events) throws IOException {
        sessions.add(
                exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Mcp-Session-Id"));
        byte[] request = exchange.getRequestBody().readAllBytes();
        JsonNode message =
                new ObjectMapper().readTree(request.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : request);
        String answer = McpServerProgram.answer(message, 0);
        if (answer == null) {
            exchange.sendResponseHeaders(202, -1);
        } else {
            String text = events ? ": hello\nevent: message\ndata: " + answer + "\n\n" : answer;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", events ? "text/event-stream" : "application/json");
            exchange.getResponseHeaders().set("Mcp-Session-Id", "s-1");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private StandaloneToolContext context(Map<String, Object> settings, Record configured) {
        return StandaloneToolContext.of(ToolBench.tool(mcp, settings), Path.of("."), configured);
    }

    private static long pid(Object result) {
        return Long.parseLong(String.valueOf(((Map<?, ?>) result).get("pid")));
    }

    @Test
    void oneProcessServesAllCallsAndEndsWithThem() throws Exception {
        long pid;
        try (StandaloneToolContext context =
                context(Map.of("command", COMMAND, "tool", "add"), mcp.defaultSettings())) {
            Object first = mcp.call(context.with(Map.of("a", 2, "b", 3)));
            Object second = mcp.call(context.with(Map.of("a", 20, "b", 30)));

            pid = pid(first);
            assertThat(first).isEqualTo(Map.of("sum", 5, "pid", Math.toIntExact(pid)));
            assertThat(pid(second)).isEqualTo(pid);
            assertThat(ProcessHandle.of(pid)).isPresent();
        }

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("fettle-mcp-" + pid);
    }

    @Test
    void aServerOverHttpAnswersWithJsonOrEventsInOneSession() throws Exception {
        for (String path : List.of("/json", "/events")) {
            sessions.clear();
            assertThat(ToolBench.call(mcp, Map.of("url", url(path), "tool", "add"), Map.of("a", 2, "b", 3)))
                    .isEqualTo(Map.of("sum", 5, "pid", 0));
            assertThat(sessions).containsExactly("POST null", "POST s-1", "POST s-1", "DELETE s-1");
        }
    }

    @Test
    void aToolsErrorAndAServerThatDoesNotAnswerAreErrors() {
        McpTool.Settings impatient = new McpTool.Settings(Duration.ofSeconds(20), List.of());

        assertThatThrownBy(() -> ToolBench.call(mcp, impatient, Map.of("command", COMMAND, "tool", "fail"), Map.of()))
                .hasMessageContaining("it broke");
        assertThatThrownBy(() ->
                        ToolBench.call(mcp, Map.of("command", List.of("no-such-program-here"), "tool", "x"), Map.of()))
                .hasMessageContaining("no-such-program-here");
        assertThatThrownBy(() -> ToolBench.call(mcp, Map.of("command", List.of("true"), "tool", "x"), Map.of()))
                .isNotNull();
    }

    @Test
    void aCallThatIsCancelledEndsTheWait() {
        try (StandaloneToolContext context =
                context(Map.of("command", COMMAND, "tool", "hang"), mcp.defaultSettings())) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> mcp.call(context)).isNotNull();
        }
        assertThat(Thread.interrupted()).isIn(true, false);
    }

    @Test
    void aServerIsNamedOnceAndOnAnAllowedHost() {
        assertThat(ToolBench.obstacles(mcp, Map.of())).hasSize(1);
        assertThat(ToolBench.obstacles(mcp, Map.of("url", "http://example.com/mcp", "tol", "x")))
                .hasSize(2)
                .anySatisfy(obstacle -> assertThat(obstacle).contains("toolRunners.mcp.allowedHosts"));
    }
}
