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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McpToolTest {
    private static final List<String> COMMAND = McpServerProgram.command();
    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final List<String> LOOPBACK = List.of("127.0.0.1");

    private final McpTool mcp = new McpTool();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> sessions = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/json", exchange -> answer(exchange, false));
        server.createContext("/events", exchange -> answer(exchange, true));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange, boolean events) throws IOException {
        sessions.add(
                exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Mcp-Session-Id"));
        answer(exchange, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), events);
    }

    private static void answer(HttpExchange exchange, String request, boolean events) throws IOException {
        JsonNode message = new ObjectMapper().readTree(request.isEmpty() ? "{}" : request);
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

    /** The orphan has no parent that leads to it, and keeps the server's output open. */
    @Test
    void whatAServerStartedEndsWithIt(@TempDir Path folder) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "(sleep 600 & echo $! > pid.new; mv pid.new pid); exec \"$@\"", "sh"));
        command.addAll(COMMAND);
        Map<String, Object> settings = Map.of("command", command, "tool", "add", "environment", List.of("PATH"));
        ProcessHandle orphan;
        try (StandaloneToolContext context =
                StandaloneToolContext.of(ToolBench.tool(mcp, settings), folder, mcp.defaultSettings())) {
            mcp.call(context.with(Map.of("a", 2, "b", 3)));
            orphan = ProcessHandle.of(Long.parseLong(
                            Files.readString(folder.resolve("pid")).strip()))
                    .orElseThrow();
            assertThat(orphan.isAlive()).isTrue();
        }

        assertThat(orphan.onExit()).succeedsWithin(20, TimeUnit.SECONDS);
    }

    @Test
    void aMessageLongerThanTheLimitEndsTheSessionInWords() throws Exception {
        try (StandaloneToolContext context =
                context(Map.of("command", COMMAND, "tool", "flood"), mcp.defaultSettings())) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> mcp.call(context.with(Map.of())))
                        .hasStackTraceContaining("wrote a line of more than 16777216 bytes, the limit of a message");
            }
        }
    }

    @Test
    void aCallWithoutAnswerWithinTheTimeoutIsAnError() throws Exception {
        McpTool.Settings impatient = new McpTool.Settings(Duration.ofSeconds(5), List.of());

        assertThatThrownBy(() -> ToolBench.call(mcp, impatient, Map.of("command", COMMAND, "tool", "hang"), Map.of()))
                .hasMessageContaining("(hang) did not answer within the timeout (PT5S)");
    }

    /** The message is longer than what the pipe between them holds. */
    @Test
    void aServerThatDoesNotReadHoldsACallNoLongerThanTheTimeout() throws Exception {
        McpTool.Settings impatient = new McpTool.Settings(Duration.ofSeconds(2), List.of());
        try (StandaloneToolContext context = context(Map.of("command", COMMAND, "tool", "deaf"), impatient)) {
            assertThatThrownBy(() -> mcp.call(context.with(Map.of()))).hasMessageContaining("within the timeout");

            Future<Object> call = threads.submit(() -> mcp.call(context.with(Map.of("text", "x".repeat(1 << 20)))));

            assertThatThrownBy(() -> call.get(60, TimeUnit.SECONDS)).hasMessageContaining("within the timeout");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("fettle-mcp-writer");
    }

    /** The server answers neither a call nor the end of the session. */
    @Test
    void closingASessionEndsItsCallsBeforeItSaysGoodbyeAndWaitsForNoAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        BlockingQueue<Boolean> endedBefore = new LinkedBlockingQueue<>();
        StandaloneToolContext context =
                context(Map.of("url", url("/silent"), "tool", "hang"), new McpTool.Settings(PATIENCE, LOOPBACK));
        Thread caller = new Thread(() -> {
            try {
                mcp.call(context);
            } catch (Exception e) {
                // It is to end, and cannot end well.
            }
        });
        server.createContext("/silent", exchange -> {
            try {
                if (exchange.getRequestMethod().equals("DELETE")) {
                    caller.join(20_000);
                    endedBefore.add(!caller.isAlive());
                    end.await();
                }
                String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                if (request.contains("tools/call")) {
                    asked.countDown();
                    end.await();
                }
                answer(exchange, request, false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            caller.start();
            asked.await();

            context.close();

            assertThat(endedBefore.poll(30, TimeUnit.SECONDS)).isTrue();
            caller.join();
        } finally {
            end.countDown();
        }
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
