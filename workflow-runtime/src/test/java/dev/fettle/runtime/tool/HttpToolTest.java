package dev.fettle.runtime.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.fettle.runtime.http.RetryAdvice;
import dev.fettle.runtime.tool.http.HttpTool;
import dev.fettle.runtime.tool.http.HttpToolSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpToolTest {
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpTool http = new HttpTool();
    private HttpServer server;
    private String base = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        serve("/json", 200, Map.of("Content-Type", "application/json; charset=utf-8"), "{\"a\": [1, \"ä\"]}");
        serve("/text", 200, Map.of("Content-Type", "text/plain"), "plain");
        serve("/busy", 429, Map.of("Retry-After", "7"), "busy");
        serve("/moved", 302, Map.of("Location", "/json"), "");
        serve("/away", 302, Map.of("Location", "http://example.com:1/"), "");
        serve("/round", 302, Map.of("Location", "/round"), "");
        server.createContext("/never", exchange -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(String path, int status, Map<String, String> headers, String body) {
        server.createContext(path, exchange -> {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent + " "
                    + exchange.getRequestHeaders().getFirst("X-Home"));
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    private Object call(String url, Map<String, Object> arguments) throws Exception {
        return ToolBench.call(http, Map.of("url", url), arguments);
    }

    @Test
    void argumentsGoToTheirPlacesAndTheRestToTheQuery() throws Exception {
        Object result = call("{+base}/json/{name}", Map.of("base", base, "name", "a b/c?", "page", 2));

        assertThat(result).isEqualTo(Map.of("a", List.of(1, "ä")));
        assertThat(requests).containsExactly("GET /json/a%20b%2Fc%3F?page=2  null");
    }

    @Test
    void aPostSendsTheRestAsJsonWithHeadersFromTheEnvironment() throws Exception {
        Object result = ToolBench.call(
                http,
                Map.of("url", base + "/text/{id}", "method", "post", "headers", Map.of("X-Home", "at ${HOME}")),
                Map.of("id", 5, "deep", Map.of("x", List.of())));

        assertThat(result).isEqualTo("plain");
        assertThat(requests).containsExactly("POST /text/5 {\"deep\":{\"x\":[]}} at " + System.getenv("HOME"));
    }

    @Test
    void onlyAllowedHostsAreReachedAlsoByRedirects() throws Exception {
        assertThat(call(base + "/moved", Map.of())).isEqualTo(Map.of("a", List.of(1, "ä")));
        for (String url : List.of(
                base + "/away",
                "http://example.com/",
                "http://10.0.0.1/",
                "http://user@127.0.0.1/",
                "file:///etc/passwd",
                "http://127.0.0.1.example.com/")) {
            assertThatThrownBy(() -> call(url, Map.of()))
                    .as(url)
                    .hasMessageContaining("may not be reached")
                    .hasMessageContaining("allowedHosts");
        }
        assertThatThrownBy(() -> call(base + "/round", Map.of())).hasMessageContaining("maxRedirects (5)");
    }

    @Test
    void anAnswerThatBreaksOffIsAnError() {
        server.createContext("/half", exchange -> {
            exchange.sendResponseHeaders(200, 5000);
            exchange.getResponseBody().write("half an answer".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        });

        assertThatThrownBy(() -> call(base + "/half", Map.of()))
                .hasMessageContaining("broke off after 14 of 5000 bytes");
    }

    @Test
    void aHostMayBeAllowedForOnePortOnly() {
        HttpToolSettings other = new HttpToolSettings(List.of("127.0.0.1:1"), 100, Duration.ofSeconds(5), 5);

        assertThatThrownBy(() -> ToolBench.call(http, other, Map.of("url", base + "/json"), Map.of()))
                .hasMessageContaining("(" + base + ") may not be reached");
    }

    @Test
    void anAnswerThatIsTooLongOrTooLateIsAnError() {
        HttpToolSettings small = new HttpToolSettings(List.of("127.0.0.1"), 4, Duration.ofSeconds(30), 5);
        HttpToolSettings impatient = new HttpToolSettings(List.of("127.0.0.1"), 4, Duration.ofMillis(200), 5);

        assertThatThrownBy(() -> ToolBench.call(http, small, Map.of("url", base + "/text"), Map.of()))
                .hasMessageContaining("maxResponseBytes (4)");
        assertThatThrownBy(() -> ToolBench.call(http, impatient, Map.of("url", base + "/never"), Map.of()))
                .hasMessageContaining("timeout (PT0.2S)");
    }

    @Test
    void aRefusalSaysWhyAndWhenToTryAgain() {
        assertThatThrownBy(() -> call(base + "/busy", Map.of()))
                .hasMessageContaining("status (429): busy")
                .satisfies(error -> assertThat(RetryAdvice.of(error)).isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void aDefinitionMayNotHoldSecretsOrUnknownKeys() {
        assertThat(ToolBench.obstacles(http, Map.of("url", "x", "method", "PATCH", "hedaers", Map.of())))
                .hasSize(3);
        assertThat(ToolBench.obstacles(http, Map.of("url", base, "headers", Map.of("Authorization", "Bearer abc"))))
                .singleElement()
                .asString()
                .contains("environment variable")
                .doesNotContain("abc");
        assertThatThrownBy(() -> ToolBench.call(
                        http, Map.of("url", base, "headers", Map.of("Authorization", "${FETTLE_NOT_SET}")), Map.of()))
                .hasMessageContaining("(FETTLE_NOT_SET) is not set");
    }
}
