package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.ModelServer.Asked;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentToolsTest {
    private static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "object",
            "properties",
            Map.of("city", Map.of("type", "string", "enum", List.of("Bern", "Oslo"))),
            "required",
            List.of("city"));

    private final ModelServer server = new ModelServer();
    private final List<Map<String, Object>> called = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    private Bench bench() {
        return new Bench()
                .models(new PricedModels())
                .tool("weather", arguments -> {
                    called.add(arguments);
                    if ("Nowhere".equals(arguments.get("city"))) {
                        throw new IllegalArgumentException("no such city");
                    }
                    return Map.of("degrees", "Bern".equals(arguments.get("city")) ? 7 : -3);
                })
                .settings(Settings.with(settings -> settings.endpoints = Map.of("gpt-test", server.endpoint())));
    }

    private static Workflow agent(Effects effects, Policies policies, Map<String, Object> parameters) {
        ToolSpec tool = new ToolSpec(
                "weather.now",
                "The weather of a city.",
                Set.of(),
                "weather",
                effects,
                SCHEMA,
                new BigDecimal("0.25"),
                false,
                Map.of());
        Node node = Node.builder("ask", new NodeBody.Agent("gpt-test", "Where is it colder, {places}?"))
                .state(List.of("places"), List.of("answer"))
                .effects(Effects.NONE)
                .tools(Map.of("weather.now", "weather.now"))
                .policies(policies)
                .parameters(parameters)
                .build();
        Workflow chain = Bench.chain(Set.of("places"), Set.of("answer"), node);
        return new Workflow(
                chain.id(),
                chain.entry(),
                chain.inputs(),
                chain.outputs(),
                chain.nodes(),
                chain.edges(),
                List.of(tool),
                false);
    }

    private ExecutionResult run(Map<String, Object> parameters) {
        return bench().run(agent(Effects.NONE, Policies.NONE, parameters), Map.of("places", "Bern or Oslo"));
    }

    private static Asked weather(String id, String city) {
        return new Asked(id, "weather_now", "{\"city\": \"" + city + "\"}");
    }

    private static List<String> told(JsonNode request) {
        List<String> told = new ArrayList<>();
        request.get("messages").forEach(message -> {
            if (message.get("role").asText().equals("tool")) {
                told.add(message.get("tool_call_id").asText() + " "
                        + message.get("content").asText());
            }
        });
        return told;
    }

    @Test
    void severalToolsInOneAnswerAreCalledInOrderAndToldBack() {
        server.then(
                ModelServer.tools(List.of(weather("a", "Bern"), weather("b", "Oslo")), 100, 10),
                ModelServer.text("Oslo.", 200, 20, 100));

        ExecutionResult result = run(Map.of());

        assertThat(result.error()).isNull();
        assertThat(result.output()).containsEntry("answer", "Oslo.");
        assertThat(called).containsExactly(Map.of("city", "Bern"), Map.of("city", "Oslo"));
        assertThat(told(server.requests().get(1))).containsExactly("a {\"degrees\":7}", "b {\"degrees\":-3}");
        JsonNode function = server.requests().get(0).at("/tools/0/function");
        assertThat(function.get("name").asText()).isEqualTo("weather_now");
        assertThat(function.get("description").asText()).isEqualTo("The weather of a city.");
        assertThat(function.at("/parameters/properties/city/enum/1").asText()).isEqualTo("Oslo");
        assertThat(function.at("/parameters/required/0").asText()).isEqualTo("city");
    }

    @Test
    void eachCallIsRecordedWithItsTokensCostAndHashes() {
        server.then(ModelServer.tools(List.of(weather("a", "Bern")), 100, 10), ModelServer.text("Bern.", 200, 20, 100));

        NodeOccurrence occurrence = Bench.occurrence(run(Map.of()), "ask");

        assertThat(occurrence.modelCalls())
                .extracting(ModelCall::tokens)
                .containsExactly(new TokenUsage(100, 10, 0), new TokenUsage(200, 20, 100));
        assertThat(occurrence.modelCalls().get(0).recordedUsd()).isEqualTo(0.120, within(1e-12));
        assertThat(occurrence.modelCalls().get(1).recordedUsd()).isEqualTo(0.150, within(1e-12));
        assertThat(occurrence.modelCalls()).allSatisfy(call -> {
            assertThat(call.inputHash()).hasSize(32);
            assertThat(call.outputHash()).hasSize(32);
        });
        ToolCall call = occurrence.toolCalls().get(0);
        assertThat(call.tool()).isEqualTo("weather.now");
        assertThat(call.arguments()).isEqualTo("{\"city\":\"Bern\"}");
        assertThat(call.resultHash()).hasSize(32);
        assertThat(call.recordedUsd()).isEqualTo(0.25);
    }

    @Test
    void whatTheModelGetsWrongIsToldToIt() {
        server.then(
                ModelServer.tools(
                        List.of(
                                new Asked("a", "telephone", "{}"),
                                new Asked("b", "weather_now", "Bern, please"),
                                weather("c", "Nowhere")),
                        1,
                        1),
                ModelServer.text("I do not know.", 1, 1, 0));

        ExecutionResult result = run(Map.of());

        assertThat(result.output()).containsEntry("answer", "I do not know.");
        List<String> told = told(server.requests().get(1));
        assertThat(told.get(0)).contains("no tool (telephone)").contains("[weather_now]");
        assertThat(told.get(1)).contains("no JSON object");
        assertThat(told.get(2)).isEqualTo("c error: IllegalArgumentException: no such city");
        assertThat(called).hasSize(1);
        assertThat(Bench.occurrence(result, "ask").toolCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.status()).isEqualTo(Status.ERROR));
    }

    @Test
    void aToolBudgetIsNeverExceededAndTheModelMayStillAnswer() {
        server.then(
                ModelServer.tools(List.of(weather("a", "Bern"), weather("b", "Oslo"), weather("c", "Bern")), 1, 1),
                ModelServer.text("Oslo.", 1, 1, 0));

        ExecutionResult result = run(Map.of("toolBudget", 2));

        assertThat(result.output()).containsEntry("answer", "Oslo.");
        assertThat(called).hasSize(2);
        assertThat(told(server.requests().get(1)).get(2)).contains("budget of 2 tool calls is spent");
    }

    @Test
    void aModelThatNeverStopsAskingIsStoppedByTheIterationLimit() {
        server.then(ModelServer.tools(List.of(weather("a", "Bern")), 1, 1));

        ExecutionResult result = run(Map.of("maxIterations", 3));

        assertThat(result.error()).contains("(ask)").contains("maxIterations (3)");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void aCacheAnswersAnAgentsRepeatedCalls() {
        server.then(
                ModelServer.tools(List.of(weather("a", "Bern"), weather("b", "Bern")), 1, 1),
                ModelServer.text("Same.", 1, 1, 0));
        Policies cache =
                Policies.NONE.withCache(new Policies.Cache("weather.now", null, 10, Policies.Cache.Eviction.LRU));

        ExecutionResult result = bench().run(agent(Effects.NONE, cache, Map.of()), Map.of("places", "Bern"));

        assertThat(called).hasSize(1);
        assertThat(Bench.occurrence(result, "ask").toolCalls())
                .extracting(ToolCall::cached)
                .containsExactly(false, true);
        assertThat(told(server.requests().get(1))).containsExactly("a {\"degrees\":7}", "b {\"degrees\":7}");
    }

    @Test
    void anExternalToolIsReplayedAndOneThatWasNotRecordedStopsTheRun() {
        server.then(
                ModelServer.tools(List.of(weather("a", "Bern")), 1, 1),
                ModelServer.text("Cold.", 1, 1, 0),
                ModelServer.tools(List.of(weather("a", "Bern")), 1, 1),
                ModelServer.text("Cold.", 1, 1, 0),
                ModelServer.tools(List.of(weather("a", "Oslo")), 1, 1));
        Workflow workflow = agent(Effects.EXTERNAL, Policies.NONE, Map.of());
        Map<String, Object> input = Map.of("places", "Bern");
        ExecutionResult recorded = bench().run(workflow, input);

        EffectPolicy replay = new EffectPolicy.Replay(recorded.effects());
        ExecutionResult replayed = bench().effects(replay).run(workflow, input);
        ExecutionResult unmatched = bench().effects(replay).run(workflow, input);

        assertThat(called).hasSize(1);
        assertThat(replayed.output()).isEqualTo(recorded.output());
        assertThat(unmatched.error()).contains("(weather.now)").contains("replayed here and not performed");
        assertThat(server.requests()).hasSize(5);
    }
}
