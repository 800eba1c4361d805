package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Attendance;
import dev.fettle.api.execute.BatchToolRunner;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Pause;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.ModelServer.Asked;
import dev.fettle.runtime.ModelServer.Reply;
import dev.fettle.runtime.settings.Endpoint;
import dev.fettle.runtime.settings.RuntimeSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final ModelServer server = new ModelServer();

    @AfterEach
    void close() {
        server.close();
    }

    private Bench bench(RuntimeSettings settings) {
        return new Bench().models(new PricedModels()).settings(settings).tool("look", arguments -> "nothing");
    }

    private RuntimeSettings settings(double maxUsd) {
        return Settings.with(settings -> {
            settings.endpoints = Map.of("gpt-test", server.endpoint());
            settings.maxUsd = maxUsd;
            settings.maxConcurrency = 8;
        });
    }

    private RuntimeSettings unlimited() {
        return Settings.with(settings -> {
            settings.endpoints = Map.of("gpt-test", server.endpoint());
            settings.maxConcurrency = 2;
        });
    }

    private static Node agent(String id, Map<String, Object> parameters, Policies policies) {
        return Node.builder(id, new NodeBody.Agent("gpt-test", "Look."))
                .state(List.of(), List.of(id))
                .effects(Effects.NONE)
                .tools(Map.of("look", "look"))
                .parameters(parameters)
                .policies(policies)
                .build();
    }

    private static Workflow workflow(String usdPerCall, Node... nodes) {
        ToolSpec tool =
                new ToolSpec("look", Set.of(), "look", Effects.NONE, Map.of(), new BigDecimal(usdPerCall), false);
        Workflow chain = Bench.chain(Set.of(), Set.of(), nodes);
        return new Workflow(
                chain.id(), chain.entry(), Set.of(), Set.of(), chain.nodes(), chain.edges(), List.of(tool), false);
    }

    private static double modelUsd(ExecutionResult result) {
        return result.trace().occurrences().stream()
                .flatMap(occurrence -> occurrence.modelCalls().stream())
                .map(ModelCall::recordedUsd)
                .mapToDouble(usd -> usd == null ? 0 : usd)
                .sum();
    }

    /** Each call costs 0.1 USD, so 0.25 is passed by the third. */
    @Test
    void anAgentsBudgetIsExceededByOneCallAtMostOverAllAttempts() {
        server.then(ModelServer.tools(List.of(new Asked("a", "look", "{}")), 100, 0));
        Policies retry = Policies.NONE.withRetry(new Policies.Retry(5, Duration.ZERO));
        Map<String, Object> parameters = Map.of("maxUsd", 0.25, "maxIterations", 2);

        ExecutionResult result = bench(settings(100)).run(workflow("0", agent("a", parameters, retry)), Map.of());

        assertThat(result.error()).contains("(a)").contains("0.3 of 0.25 USD");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void toolsCountForTheBudgetOfTheRun() {
        server.then(ModelServer.tools(List.of(new Asked("a", "look", "{}")), 100, 0));

        ExecutionResult result =
                bench(settings(0.5)).run(workflow("0.3", agent("a", Map.of(), Policies.NONE)), Map.of());

        assertThat(result.error()).contains("the run (the setting maxUsd)");
        assertThat(server.requests()).hasSize(2);
        assertThat(Bench.occurrence(result, "a").toolCalls())
                .extracting(call -> call.status())
                .containsExactly(Status.OK);
    }

    /** Each call of the model costs 0.1 USD, each look 0.3. */
    @Test
    void aRunThatMaySpendNoMoreIsRefused() {
        server.then(ModelServer.tools(List.of(new Asked("a", "look", "{}")), 100, 0));
        Bench bench = bench(unlimited()).spendingAtMost(0.5);

        assertThatThrownBy(() -> bench.run(workflow("0.3", agent("a", Map.of(), Policies.NONE)), Map.of()))
                .isInstanceOfSatisfying(
                        FettleException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT))
                .hasMessageContaining("0.5 USD");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void whereNothingMayBeSpentNoPaidCallBegins() {
        server.then(ModelServer.text("Nothing.", 100, 0, 0));
        Bench asking = bench(unlimited()).spendingAtMost(0);
        Looks looks = new Looks();
        Bench looking = looking(looks, 2).spendingAtMost(0);

        assertThatThrownBy(() -> asking.run(workflow("0", agent("a", Map.of(), Policies.NONE)), Map.of()))
                .hasMessageContaining("0 USD");
        assertThatThrownBy(() -> looking.run(workflow("0.1", looking("n", 8)), Map.of()))
                .hasMessageContaining("0 USD");
        assertThat(looking.run(workflow("0", looking("n", 8)), Map.of()).error())
                .isNull();
        assertThat(server.requests()).isEmpty();
        assertThat(looks.calls()).isEqualTo(2);
    }

    /** Unlike a limit of the run, it changes nothing of when calls are made, and needs no prices. */
    @Test
    void callsThatMayBeMadeDoNotWaitForEachOther() {
        server.then(server.inPairs(ModelServer.text("Nothing.", 100, 0, 0)));
        List<Node> members = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            members.add(agent("m" + i, Map.of(), Policies.NONE));
        }
        Node block = Node.builder("block", new NodeBody.Parallel(members, NodeBody.ErrorStrategy.FAIL_FAST, Map.of()))
                .build();

        ExecutionResult result = bench(unlimited()).spendingAtMost(5).run(workflow("0", block), Map.of());

        assertThat(result.error()).isNull();
        assertThat(server.mostUnderWay()).isEqualTo(2);
        assertThat(result.spentUsd()).isEqualTo(0.2);
    }

    /** A node that asks one by one, and one that sends them together. */
    @Test
    void aCallThatTheBudgetRefusesIsInNoTraceAndNoRecording() {
        for (int batch : List.of(1, 8)) {
            Looks looks = new Looks();
            List<RecordedCall> recorded = new ArrayList<>();
            Node node = batch == 1
                    ? looking("n", batch).toBuilder().policies(Policies.NONE).build()
                    : looking("n", batch);
            Bench bench = looking(looks, 2)
                    .settings(Settings.with(change -> change.maxUsd = 0.0))
                    .effects(new EffectPolicy.Perform(recorded::add));

            ExecutionResult result = bench.run(workflow("0.1", node), Map.of());

            assertThat(result.error()).contains("0 of 0 USD");
            assertThat(looks.calls()).isZero();
            assertThat(Bench.occurrence(result, "n").toolCalls()).isEmpty();
            assertThat(recorded).isEmpty();
        }
    }

    /** Two calls of 0.1 USD before the person answers, and none of the third agent's after. */
    @Test
    void whatWasSpentBeforeAPauseCountsAfterIt() {
        server.then(ModelServer.text("Nothing.", 100, 0, 0));
        Node ask = Node.builder("ask", new NodeBody.Human("Go on?"))
                .state(List.of(), List.of("answer"))
                .build();
        Workflow workflow = workflow(
                "0",
                agent("a", Map.of(), Policies.NONE),
                agent("b", Map.of(), Policies.NONE),
                ask,
                agent("c", Map.of(), Policies.NONE));
        Bench bench = bench(settings(0.2));
        ExecutionResult paused = bench.attendance(new Attendance.Attended()).run(workflow, Map.of());
        Pause pause = Objects.requireNonNull(paused.pause());

        ExecutionResult result = bench.attendance(new Attendance.Resumed(pause.checkpoint(), Map.of("ask", "yes")))
                .run(workflow, Map.of());

        assertThat(result.error()).contains("(c)").contains("the run (the setting maxUsd)", "0.2 of 0.2 USD");
        assertThat(server.requests()).hasSize(2);
    }

    /** Eight agents ask at the same time; what each could cost is not known without maxTokens, so they take turns. */
    @Test
    void agentsAtTheSameTimeExceedTheBudgetOfTheRunByOneCallAtMost() {
        server.then(ModelServer.text("Nothing.", 100, 0, 0));
        for (Map<String, Object> parameters :
                List.<Map<String, Object>>of(Map.of(), Map.of("maxTokens", 1), Map.of("maxTokens", 100))) {
            List<Node> members = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                members.add(agent("m" + i, parameters, Policies.NONE));
            }
            Node block = Node.builder("block", new NodeBody.Parallel(members, NodeBody.ErrorStrategy.COLLECT, Map.of()))
                    .build();

            ExecutionResult result = bench(settings(0.35)).run(workflow("0", block), Map.of());

            assertThat(result.error()).contains("0.4 of 0.35 USD");
            assertThat(modelUsd(result)).isGreaterThanOrEqualTo(0.35).isLessThan(0.35 + 0.1 + 1e-9);
        }
    }

    /** Where the first has kept to what it could cost, two wait for each other at the server. */
    @Test
    void callsThatFitTogetherAreMadeTogetherAfterTheFirst() {
        Reply reply = ModelServer.text("Nothing.", 1, 1, 0);
        server.then(reply, server.inPairs(reply));
        List<Node> members = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            members.add(agent("m" + i, Map.of("maxTokens", 1), Policies.NONE));
        }
        Node block = Node.builder("block", new NodeBody.Parallel(members, NodeBody.ErrorStrategy.FAIL_FAST, Map.of()))
                .build();

        ExecutionResult result = bench(settings(10)).run(workflow("0", block), Map.of());

        assertThat(result.error()).isNull();
        assertThat(server.mostUnderWay()).isEqualTo(2);
    }

    /** Every answer costs 2.1 USD, though no more than one token was asked for. */
    @Test
    void aServerThatCountsMoreThanItWasAskedForIsCalledOnceAtATime() {
        server.then(ModelServer.text("Nothing.", 100, 1000, 0));
        List<Node> members = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            members.add(agent("m" + i, Map.of("maxTokens", 1), Policies.NONE));
        }
        Node block = Node.builder("block", new NodeBody.Parallel(members, NodeBody.ErrorStrategy.COLLECT, Map.of()))
                .build();

        ExecutionResult result = bench(settings(3.5)).run(workflow("0", block), Map.of());

        assertThat(result.error()).contains("4.2 of 3.5 USD");
        assertThat(server.requests()).hasSize(2);
    }

    private static Node together(int agents, String model) {
        List<Node> members = new ArrayList<>();
        for (int i = 0; i < agents; i++) {
            members.add(agent("m" + i, Map.of("maxTokens", 1), Policies.NONE).toBuilder()
                    .body(new NodeBody.Agent(model, "Look."))
                    .build());
        }
        return Node.builder("block", new NodeBody.Parallel(members, NodeBody.ErrorStrategy.COLLECT, Map.of()))
                .build();
    }

    /** Each is charged by an estimate, which the server that counts 2.1 USD for the next has no part in. */
    @Test
    void aCallThatItsServerDidNotCountLetsNoOthersGoTogether() {
        for (Reply uncounted : List.of(ModelServer.cutOff(), ModelServer.text("Nothing.", 0, 0, 0))) {
            try (ModelServer one = new ModelServer()) {
                one.then(uncounted, ModelServer.text("Nothing.", 100, 1000, 0));
                RuntimeSettings settings = Settings.with(change -> {
                    change.endpoints = Map.of("gpt-test", one.endpoint());
                    change.maxUsd = 3.5;
                    change.maxConcurrency = 9;
                });

                ExecutionResult result = bench(settings).run(workflow("0", together(9, "gpt-test")), Map.of());

                assertThat(result.error()).contains("of 3.5 USD");
                assertThat(one.requests()).hasSize(3);
            }
        }
    }

    @Test
    void thatOneServerKeptToWhatItWasAskedForSaysNothingOfAnother() {
        try (ModelServer honest = new ModelServer()) {
            honest.then(ModelServer.text("Nothing.", 1, 1, 0));
            server.then(ModelServer.text("Nothing.", 100, 1000, 0));
            RuntimeSettings settings = Settings.with(change -> {
                change.endpoints = Map.of("gpt-test", honest.endpoint(), "gpt-test-2", server.endpoint());
                change.maxUsd = 3.5;
                change.maxConcurrency = 8;
            });
            Node first = agent("first", Map.of("maxTokens", 1), Policies.NONE);

            ExecutionResult result = bench(settings).run(workflow("0", first, together(8, "gpt-test-2")), Map.of());

            assertThat(result.error()).contains("of 3.5 USD");
            assertThat(honest.requests()).hasSize(1);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aBudgetNeedsThePriceOfTheModel() {
        server.then(ModelServer.text("Nothing.", 100, 0, 0));
        Node node = Node.builder("a", new NodeBody.Agent("other", "Look."))
                .state(List.of(), List.of("x"))
                .effects(Effects.NONE)
                .build();
        RuntimeSettings settings = Settings.with(change -> {
            change.endpoints = Map.of("other", server.endpoint());
            change.maxUsd = 1.0;
        });

        ExecutionResult result = bench(settings).run(workflow("0", node), Map.of());

        assertThat(result.error()).contains("the price of the model (other) is not known");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aServerGetsNoMoreCallsAtATimeThanItsLimit() {
        server.then(server.inPairs(ModelServer.text("Nothing.", 100, 0, 0)));
        List<Node> members = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            members.add(agent("m" + i, Map.of(), Policies.NONE));
        }
        Node block = Node.builder("block", new NodeBody.Parallel(members, NodeBody.ErrorStrategy.FAIL_FAST, Map.of()))
                .build();
        RuntimeSettings settings = Settings.with(change -> {
            change.endpoints = Map.of(
                    "gpt-test", new Endpoint(server.address() + "/v1", null, null, Duration.ofSeconds(30), null, 2));
            change.maxConcurrency = 12;
        });

        ExecutionResult result = bench(settings).run(workflow("0", block), Map.of());

        assertThat(result.error()).isNull();
        assertThat(server.requests()).hasSize(12);
        assertThat(server.mostUnderWay()).isEqualTo(2);
    }

    /** Looks several times at once, and counts how often in all. */
    private static final class Looks implements BatchToolRunner {
        private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

        @Override
        public String name() {
            return "look";
        }

        @Override
        public Object call(ToolContext context) {
            batches.add(1);
            return "nothing";
        }

        @Override
        public List<Object> callAll(List<ToolContext> calls) {
            batches.add(calls.size());
            return Collections.nCopies(calls.size(), "nothing");
        }

        int calls() {
            return batches.stream().mapToInt(Integer::intValue).sum();
        }
    }

    private static Node looking(String id, int batch) {
        return Bench.function("look", List.of(), List.of()).build().toBuilder()
                .id(id)
                .tools(Map.of("look", "look"))
                .policies(Policies.NONE.withBatch(new Policies.Batch("look", batch)))
                .build();
    }

    private static Bench looking(Looks looks, int calls) {
        return new Bench().tool(looks).node("look", context -> {
            List<Map<String, Object>> all = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                all.add(Map.of("n", i));
            }
            context.callTools("look", all);
            return Map.of();
        });
    }

    /** Each look costs 0.1 USD: the budget decides how many go together. */
    @Test
    void aBatchIsSplitToWhatFitsAndExceedsTheBudgetByOneCallAtMost() {
        Map<Double, List<Integer>> expected = Map.of(
                0.25, List.of(2, 1), 0.3, List.of(3), 0.05, List.of(1), 0.8, List.of(4, 4), 100.0, List.of(4, 4));
        expected.forEach((maxUsd, batches) -> {
            Looks looks = new Looks();

            ExecutionResult result =
                    looking(looks, 8).settings(settings(maxUsd)).run(workflow("0.1", looking("a", 4)), Map.of());

            assertThat(looks.batches).as("maxUsd %s", maxUsd).containsExactlyElementsOf(batches);
            if (maxUsd < 0.8) {
                assertThat(result.error()).contains("the run (the setting maxUsd)", "no further call is made");
            } else {
                assertThat(result.error()).isNull();
            }
        });
    }

    @Test
    void batchesAtTheSameTimeExceedTheBudgetByOneCallAtMost() {
        for (int round = 0; round < 50; round++) {
            Looks looks = new Looks();
            List<Node> members = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                members.add(looking("m" + i, 3));
            }
            Node block = Node.builder("block", new NodeBody.Parallel(members, NodeBody.ErrorStrategy.COLLECT, Map.of()))
                    .build();

            ExecutionResult result = looking(looks, 5).settings(settings(1.25)).run(workflow("0.1", block), Map.of());

            assertThat(result.error()).contains("1.3 of 1.25 USD");
            assertThat(looks.calls()).as("round %d", round).isEqualTo(13);
        }
    }

    private static final Policies RETRY = Policies.NONE.withRetry(new Policies.Retry(5, Duration.ofNanos(1)));

    /** The ways in which a call that was sent does not come to its end. */
    private List<Reply> brokenOff() {
        List<String> half = List.of(ModelServer.chunk("{\"role\": \"assistant\", \"content\": \"It is \"}", null));
        return List.of(
                ModelServer.cutOff(),
                ModelServer.stream(half, false),
                ModelServer.stream(half, true),
                ModelServer.status(200, "no json", Map.of()),
                server.never());
    }

    private ExecutionResult broken(Reply reply, double maxUsd, Map<String, Object> parameters) {
        server.then(reply);
        RuntimeSettings settings = Settings.with(change -> {
            change.endpoints =
                    Map.of("gpt-test", new Endpoint(server.address() + "/v1", null, null, Duration.ofMillis(300)));
            change.maxUsd = maxUsd;
        });
        return bench(settings).run(workflow("0", agent("a", parameters, RETRY)), Map.of());
    }

    /** An answer of 100 tokens costs 0.2 USD, and the question less than 0.1: two calls may be paid from 0.25. */
    @Test
    void aCallThatBreaksOffTakesTheMostThatItCanCost() {
        for (Reply reply : brokenOff()) {
            for (boolean stream : new boolean[] {false, true}) {
                int before = server.requests().size();

                ExecutionResult result = broken(reply, 0.25, Map.of("maxTokens", 100, "stream", stream));

                assertThat(result.error()).contains("the budget of the run", "is spent");
                assertThat(server.requests().size() - before).isLessThanOrEqualTo(2);
                assertThat(Bench.occurrence(result, "a").modelCalls())
                        .isNotEmpty()
                        .allSatisfy(call -> assertThat(call.recordedUsd()).isNull());
            }
        }
    }

    @Test
    void afterACallOfUnknownCostThereIsNoFurtherOneWithinALimit() {
        for (Reply reply : brokenOff()) {
            for (Map<String, Object> parameters : List.<Map<String, Object>>of(
                    Map.of(), Map.of("stream", true), Map.of("maxUsd", 5.0), Map.of("maxUsd", 5.0, "stream", true))) {
                int before = server.requests().size();

                ExecutionResult result = broken(reply, parameters.containsKey("maxUsd") ? 100 : 10, parameters);

                assertThat(result.error())
                        .contains("may be spent", "a call of a model broke off", "maxTokens")
                        .contains(parameters.containsKey("maxUsd") ? "of 5 USD" : "of 10 USD");
                assertThat(server.requests()).hasSize(before + 1);
            }
        }
    }

    @Test
    void aRefusalAfterACallThatBrokeOffSaysWhyItDid() {
        Reply noJson = ModelServer.status(200, "no json", Map.of());

        ExecutionResult unknown = broken(noJson, 10, Map.of());
        ExecutionResult charged = broken(noJson, 0.25, Map.of("maxTokens", 100));

        assertThat(unknown.error())
                .contains("may be spent", "broke off (the model's server answered with what is no JSON");
        assertThat(charged.error()).contains("is spent", "broke off (the model's server answered with what is no JSON");
    }

    @Test
    void aServerThatIsNotReachedOrRefusesCostsNothing() {
        server.then(ModelServer.status(500, "overloaded", Map.of()));

        ExecutionResult refused = bench(settings(0.01)).run(workflow("0", agent("a", Map.of(), RETRY)), Map.of());
        server.close();
        ExecutionResult gone = bench(settings(0.01)).run(workflow("0", agent("a", Map.of(), RETRY)), Map.of());

        assertThat(refused.error()).contains("overloaded");
        assertThat(Bench.occurrence(refused, "a").modelCalls()).hasSize(5);
        assertThat(gone.error()).contains("did not answer");
        assertThat(Bench.occurrence(gone, "a").modelCalls()).hasSize(5);
    }
}
