package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.model.TokenCounter;
import dev.fettle.runtime.settings.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentTest {
    private static final String ANSWER = """
            {"id": "c1", "object": "chat.completion", "created": 1, "model": "gpt-test-2026",
             "choices": [{"index": 0, "finish_reason": "stop",
                          "message": {"role": "assistant", "content": "It is fine."}}],
             "usage": {"prompt_tokens": 120, "completion_tokens": 7, "total_tokens": 127,
                       "prompt_tokens_details": {"cached_tokens": 100}}}
            """;

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch finished = new CountDownLatch(1);
    private HttpServer server;
    private ExecutorService threads;
    private volatile int status = 200;
    private volatile String body = ANSWER;
    private volatile boolean hang;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        finished.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        try {
            if (hang) {
                finished.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Bench bench() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        return new Bench()
                .settings(Settings.with(settings -> settings.endpoints =
                        Map.of("gpt-test", new Endpoint(url, null, null, Duration.ofSeconds(30)))));
    }

    private static Workflow agent(String model, Policies policies, Map<String, Object> parameters) {
        Node node = Node.builder("judge", new NodeBody.Agent(model, "Judge {text} as {other} in JSON {\"a\": 1}"))
                .state(List.of("text"), List.of("verdict"))
                .effects(Effects.NONE)
                .policies(policies)
                .parameters(parameters)
                .build();
        return Bench.chain(Set.of("text"), Set.of("verdict"), node);
    }

    @Test
    void anAgentSendsItsFilledPromptAndRecordsTheTokens() {
        ExecutionResult result =
                bench().run(agent("gpt-test", Policies.NONE, Map.of("maxTokens", 50)), Map.of("text", "this"));

        assertThat(result.error()).isNull();
        assertThat(result.output()).containsEntry("verdict", "It is fine.");
        assertThat(requests)
                .singleElement()
                .asString()
                .contains("Judge this as {other} in JSON")
                .contains("50");
        ModelCall call = Bench.occurrence(result, "judge").modelCalls().get(0);
        assertThat(call.model()).isEqualTo("gpt-test-2026");
        assertThat(call.tokens()).isEqualTo(new TokenUsage(120, 7, 100));
        assertThat(call.status()).isEqualTo(Status.OK);
        assertThat(call.recordedUsd()).isNull();
        assertThat(result.trace().tokens()).isEqualTo(new TokenUsage(120, 7, 100));
    }

    @Test
    void aServerErrorFailsTheNodeAfterOneCall() {
        status = 500;
        body = "{\"error\": {\"message\": \"overloaded\"}}";

        ExecutionResult result = bench().run(agent("gpt-test", Policies.NONE, Map.of()), Map.of("text", "this"));

        assertThat(result.error()).contains("(judge)").contains("overloaded");
        assertThat(requests).hasSize(1);
        ModelCall call = Bench.occurrence(result, "judge").modelCalls().get(0);
        assertThat(call.status()).isEqualTo(Status.ERROR);
        assertThat(call.errorType()).isNotNull();
    }

    @Test
    void theRetriesOfAnAgentAreTheNodesAndEachIsRecorded() {
        status = 503;
        Policies retry = Policies.NONE.withRetry(new Policies.Retry(3, Duration.ofMillis(1)));

        ExecutionResult result = bench().run(agent("gpt-test", retry, Map.of()), Map.of("text", "this"));

        assertThat(requests).hasSize(3);
        assertThat(Bench.occurrence(result, "judge").modelCalls()).hasSize(3);
    }

    @Test
    void anAnswerThatIsNotJsonFailsTheNode() {
        body = "<html>not the model</html>";

        ExecutionResult result = bench().run(agent("gpt-test", Policies.NONE, Map.of()), Map.of("text", "this"));

        assertThat(result.trace().status()).isEqualTo(Status.ERROR);
        assertThat(result.error()).contains("(judge)");
    }

    @Test
    void aServerThatHangsIsLeftAtTheTimeoutOfTheNode() {
        hang = true;
        Policies timeout = Policies.NONE.withTimeout(Duration.ofMillis(300));

        ExecutionResult result = bench().run(agent("gpt-test", timeout, Map.of()), Map.of("text", "this"));

        assertThat(result.error()).contains("PT0.3S");
        assertThat(Bench.occurrence(result, "judge").modelCalls().get(0).status())
                .isEqualTo(Status.CANCELLED);
    }

    @Test
    void theOfflineModelAnswersWithSentencesOfThePromptAndCountsTokens() {
        List<String> findings = List.of(
                "The parser reads files of any size without a limit.",
                "The parser has no limit for the depth of files.",
                "Tests are green.");
        Node node = Node.builder("judge", new NodeBody.Agent("fettle-extractive", "Summarize the findings: {text}"))
                .state(List.of("text"), List.of("verdict"))
                .effects(Effects.NONE)
                .build();
        Workflow workflow = Bench.chain(Set.of("text"), Set.of("verdict"), node);

        ExecutionResult first = new Bench().run(workflow, Map.of("text", findings));
        ExecutionResult second = new Bench().run(workflow, Map.of("text", findings));

        String answer = String.valueOf(first.output().get("verdict"));
        assertThat(answer).contains("The parser reads files").doesNotContain("Summarize");
        assertThat(second.output()).isEqualTo(first.output());
        TokenUsage tokens = first.trace().tokens();
        assertThat(tokens.output()).isEqualTo(TokenCounter.count(answer));
        assertThat(tokens.input()).isGreaterThan(tokens.output());
    }
}
