package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.settings.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What servers do to a model's call, streamed and whole. */
class ModelFailuresTest {
    private static final Policies RETRY = Policies.NONE.withRetry(new Policies.Retry(3, Duration.ofMillis(1)));
    private static final List<String> STREAM = List.of(
            ModelServer.chunk("{\"role\": \"assistant\", \"content\": \"It is \"}", null),
            ModelServer.chunk("{\"content\": \"fine.\"}", null),
            ModelServer.chunk("{}", "stop"),
            ModelServer.usageChunk(120, 7, 100));

    private final ModelServer server = new ModelServer();

    @AfterEach
    void close() {
        server.close();
    }

    private ExecutionResult run(Policies policies, boolean stream) {
        return run(server.endpoint(), policies, stream);
    }

    private static ExecutionResult run(Endpoint endpoint, Policies policies, boolean stream) {
        Node node = Node.builder("judge", new NodeBody.Agent("gpt-test", "Judge {text}"))
                .state(List.of("text"), List.of("verdict"))
                .effects(Effects.NONE)
                .policies(policies)
                .parameters(Map.of("stream", stream))
                .build();
        Workflow workflow = Bench.chain(Set.of("text"), Set.of("verdict"), node);
        return new Bench()
                .models(new PricedModels())
                .settings(Settings.with(settings -> settings.endpoints = Map.of("gpt-test", endpoint)))
                .run(workflow, Map.of("text", "this"));
    }

    private static ModelCall call(ExecutionResult result) {
        return Bench.occurrence(result, "judge").modelCalls().get(0);
    }

    @Test
    void aStreamedAnswerIsTheSameAsAWholeOne() {
        server.then(ModelServer.stream(STREAM, true), ModelServer.text("It is fine.", 120, 7, 100));

        ExecutionResult streamed = run(Policies.NONE, true);
        ExecutionResult whole = run(Policies.NONE, false);

        assertThat(streamed.error()).isNull();
        assertThat(streamed.output()).isEqualTo(whole.output()).containsEntry("verdict", "It is fine.");
        assertThat(call(streamed).tokens()).isEqualTo(call(whole).tokens()).isEqualTo(new TokenUsage(120, 7, 100));
        assertThat(call(streamed).recordedUsd()).isEqualTo(0.044, within(1e-12));
        assertThat(call(streamed).outputHash()).isEqualTo(call(whole).outputHash());
        assertThat(server.requests().get(0).at("/stream").asBoolean()).isTrue();
        assertThat(server.requests().get(0).at("/stream_options/include_usage").asBoolean())
                .isTrue();
    }

    @Test
    void theRetryOfARefusedCallWaitsAsLongAsTheServerSays() {
        server.then(
                ModelServer.status(429, "{\"error\": {\"message\": \"slow down\"}}", Map.of("Retry-After", "1")),
                ModelServer.text("It is fine.", 1, 1, 0));

        ExecutionResult result = run(RETRY, false);

        NodeOccurrence occurrence = Bench.occurrence(result, "judge");
        assertThat(result.output()).containsEntry("verdict", "It is fine.");
        assertThat(occurrence.retriedErrors()).containsExactly("RateLimitException");
        assertThat(occurrence.modelCalls().get(1).start())
                .isGreaterThanOrEqualTo(occurrence.modelCalls().get(0).start().plusSeconds(1));
        assertThat(occurrence.modelCalls().get(0).recordedUsd()).isNull();
    }

    @Test
    void aStreamThatIsRefusedIsAlsoTriedAgainAsTheServerSays() {
        server.then(ModelServer.status(503, "busy", Map.of("Retry-After", "1")), ModelServer.stream(STREAM, true));

        NodeOccurrence occurrence = Bench.occurrence(run(RETRY, true), "judge");

        assertThat(occurrence.status()).isEqualTo(Status.OK);
        assertThat(occurrence.modelCalls().get(1).start())
                .isGreaterThanOrEqualTo(occurrence.modelCalls().get(0).start().plusSeconds(1));
    }

    @Test
    void aServerThatAsksForTooMuchPatienceFailsTheNodeAtOnce() {
        server.then(ModelServer.status(429, "come back tomorrow", Map.of("Retry-After", "86400")));

        ExecutionResult result = run(RETRY, false);

        assertThat(result.error()).contains("come back tomorrow");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aServersErrorIsAnError() {
        server.then(ModelServer.status(500, "{\"error\": {\"message\": \"overloaded\"}}", Map.of()));

        for (boolean stream : new boolean[] {false, true}) {
            ExecutionResult result = run(Policies.NONE, stream);

            assertThat(result.error()).contains("(judge)").contains("500").contains("overloaded");
            assertThat(call(result).status()).isEqualTo(Status.ERROR);
            assertThat(call(result).tokens()).isEqualTo(TokenUsage.NONE);
        }
    }

    @Test
    void anAnswerThatIsNoJsonOrNoCompletionIsAnErrorInWords() {
        server.then(
                ModelServer.status(200, "<html>not the model</html>", Map.of()),
                ModelServer.stream(List.of("{\"choices\": [{", "not json"), true),
                ModelServer.status(200, "{}", Map.of()));

        for (boolean stream : new boolean[] {false, true, false}) {
            ExecutionResult result = run(Policies.NONE, stream);

            assertThat(result.error())
                    .contains("(judge)")
                    .containsAnyOf("the model's server answered with what is no JSON", "no choices returned")
                    .doesNotContain("Unexpected", "JsonParseException");
            assertThat(call(result).status()).isEqualTo(Status.ERROR);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsAnErrorAndNeverHalfAnAnswer() {
        server.then(
                ModelServer.cutOff(),
                ModelServer.stream(STREAM.subList(0, 1), false),
                ModelServer.stream(STREAM.subList(0, 1), true));

        for (boolean stream : new boolean[] {false, true, true}) {
            ExecutionResult result = run(Policies.NONE, stream);

            assertThat(result.error()).contains("(judge)");
            assertThat(result.output()).doesNotContainKey("verdict");
            assertThat(call(result).status()).isEqualTo(Status.ERROR);
        }
    }

    @Test
    void aServerThatIsTooSlowIsLeftAtItsTimeout() {
        server.then(server.never());
        Endpoint impatient = new Endpoint(server.address() + "/v1", null, null, Duration.ofMillis(200));

        for (boolean stream : new boolean[] {false, true}) {
            ExecutionResult result = run(impatient, Policies.NONE, stream);

            assertThat(result.error()).contains("PT0.2S");
            assertThat(call(result).errorType()).isEqualTo("TimeoutException");
        }
    }

    @Test
    void aStreamEndsWithTheTimeoutOfItsNode() {
        server.then(server.never());

        ExecutionResult result = run(Policies.NONE.withTimeout(Duration.ofMillis(200)), true);

        assertThat(result.error()).contains("PT0.2S");
        assertThat(call(result).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void ollamaAnswersWholeAndStreamed() {
        String whole = """
                {"model": "gpt-test", "created_at": "2026-01-01T00:00:00Z", "done": true, "done_reason": "stop",
                 "message": {"role": "assistant", "content": "It is fine."},
                 "prompt_eval_count": 120, "eval_count": 7}
                """;
        String first = "{\"model\": \"gpt-test\", \"message\": {\"role\": \"assistant\", \"content\": \"It is \"},"
                + " \"done\": false}\n";
        String last = whole.replace("It is fine.", "fine.").replace("\n", " ") + "\n";
        server.then(ModelServer.status(200, whole, Map.of()), ModelServer.status(200, first + last, Map.of()));
        Endpoint ollama =
                new Endpoint(server.address(), null, "qwen", Duration.ofSeconds(30), Endpoint.Kind.OLLAMA, null);

        for (boolean stream : new boolean[] {false, true}) {
            ExecutionResult result = run(ollama, Policies.NONE, stream);

            assertThat(result.error()).isNull();
            assertThat(result.output()).containsEntry("verdict", "It is fine.");
            assertThat(call(result).tokens()).isEqualTo(new TokenUsage(120, 7, 0));
        }
        assertThat(server.requests().get(0).at("/model").asText()).isEqualTo("qwen");
    }
}
