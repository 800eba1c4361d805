package dev.fettle.runtime;

import static dev.fettle.runtime.Bench.chain;
import static dev.fettle.runtime.Bench.function;
import static dev.fettle.runtime.Bench.occurrence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.BatchToolRunner;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Comparison;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches, cascades and speculation when they run. */
class OptimizationTest {
    private final List<Integer> batches = new ArrayList<>();

    private final class Squares implements BatchToolRunner {
        @Override
        public String name() {
            return "square";
        }

        @Override
        public Object call(ToolContext context) {
            batches.add(1);
            return square(context);
        }

        @Override
        public List<Object> callAll(List<ToolContext> calls) {
            batches.add(calls.size());
            return calls.stream().map(Squares::square).toList();
        }

        private static Object square(ToolContext context) {
            int n = ((Number) context.arguments().getOrDefault("n", 0)).intValue();
            if (n < 0) {
                throw new IllegalArgumentException("negative");
            }
            return n * n;
        }
    }

    private static Workflow squares(Policies policies, Effects effects) {
        Node node = function("work", List.of("numbers"), List.of("squares")).build().toBuilder()
                .tools(Map.of("square", "square"))
                .policies(policies)
                .build();
        Workflow base = chain(Set.of("numbers"), Set.of("squares"), node);
        return new Workflow(
                base.id(),
                base.entry(),
                base.inputs(),
                base.outputs(),
                base.nodes(),
                base.edges(),
                List.of(new ToolSpec("square", Set.of(), "square", effects, Map.of(), new BigDecimal("0.5"), true)),
                false);
    }

    private Bench squaring() {
        return new Bench().tool(new Squares()).node("work", context -> {
            List<Map<String, Object>> calls = new ArrayList<>();
            for (Object n : (List<?>) Bench.value(context, "numbers")) {
                calls.add(Map.of("n", n));
            }
            return Map.of("squares", context.callTools("square", calls));
        });
    }

    private static Policies batch(int size) {
        return Policies.NONE.withBatch(new Policies.Batch("square", size));
    }

    @Test
    void callsOfANodeAreSentInBatchesAndRecordedOneByOne() {
        ExecutionResult result =
                squaring().run(squares(batch(3), Effects.NONE), Map.of("numbers", List.of(1, 2, 3, 4, 5, 6, 7)));
        assertThat(result.output()).isEqualTo(Map.of("squares", List.of(1, 4, 9, 16, 25, 36, 49)));
        assertThat(batches).containsExactly(3, 3, 1);
        List<ToolCall> calls = occurrence(result, "work").toolCalls();
        assertThat(calls).hasSize(7);
        assertThat(calls.stream().mapToDouble(call -> call.recordedUsd() == null ? 0 : call.recordedUsd()))
                .containsOnly(0.5);
        assertThat(calls.get(0).start()).isEqualTo(calls.get(2).start());
        assertThat(calls.get(0).resultHash()).isNotEqualTo(calls.get(1).resultHash());
    }

    @Test
    void withoutTheBatchPolicyCallsAreMadeOneByOneWithTheSameResult() {
        ExecutionResult plain =
                squaring().run(squares(Policies.NONE, Effects.NONE), Map.of("numbers", List.of(1, 2, 3)));
        assertThat(batches).containsExactly(1, 1, 1);
        ExecutionResult batched = squaring().run(squares(batch(8), Effects.NONE), Map.of("numbers", List.of(1, 2, 3)));
        assertThat(batched.output()).isEqualTo(plain.output());
        assertThat(occurrence(batched, "work").toolCalls().stream().map(ToolCall::resultHash))
                .isEqualTo(occurrence(plain, "work").toolCalls().stream()
                        .map(ToolCall::resultHash)
                        .toList());
    }

    @Test
    void aCacheAnswersBeforeABatchAndEqualCallsAreMadeOnce() {
        Policies both = batch(4).withCache(new Policies.Cache("square", null, 100, Policies.Cache.Eviction.LRU));
        ExecutionResult result =
                squaring().run(squares(both, Effects.NONE), Map.of("numbers", List.of(1, 2, 1, 3, 2, 4, 1)));
        assertThat(result.output()).isEqualTo(Map.of("squares", List.of(1, 4, 1, 9, 4, 16, 1)));
        assertThat(batches).containsExactly(4);
        assertThat(occurrence(result, "work").toolCalls().stream().filter(call -> Boolean.TRUE.equals(call.cached())))
                .hasSize(3);
    }

    @Test
    void aBatchThatFailsFailsAllItsCalls() {
        ExecutionResult result = squaring().run(squares(batch(3), Effects.NONE), Map.of("numbers", List.of(1, -2, 3)));
        assertThat(result.error()).contains("negative");
        assertThat(occurrence(result, "work").toolCalls().stream().map(ToolCall::status))
                .containsExactly(Status.ERROR, Status.ERROR, Status.ERROR);
    }

    @Test
    void batchesThatCannotRunAreRefused() {
        assertThat(squaring().obstacles(squares(batch(3), Effects.EXTERNAL)))
                .anySatisfy(text -> assertThat(text).contains("external"));
        assertThat(new Bench()
                        .node("work", context -> Map.of())
                        .tool("square", arguments -> 1)
                        .obstacles(squares(batch(3), Effects.NONE)))
                .anySatisfy(text -> assertThat(text).contains("no batch form"));
    }

    private static Node agent(Policies.@Nullable Cascade cascade) {
        return Node.builder("agent", new NodeBody.Agent("dear", "{topic}"))
                .state(List.of("topic"), List.of("text"))
                .effects(Effects.NONE)
                .policies(Policies.NONE.withCascade(cascade))
                .build();
    }

    private static ExecutionResult cascade(Policies.Cascade cascade, String cheap) {
        try (TalkingServer server = new TalkingServer(asked -> {
            if (asked.model().equals("cheap") && cheap.equals("fail")) {
                throw new IllegalStateException("no answer");
            }
            return asked.model().equals("cheap") ? cheap : "dear answer";
        })) {
            return new Bench()
                    .settings(server.settings("cheap", "dear"))
                    .run(chain(Set.of("topic"), Set.of("text"), agent(cascade)), Map.of("topic", "bees"));
        }
    }

    private static Policies.Cascade json(@Nullable Comparison compare) {
        return new Policies.Cascade("cheap", true, null, 0, compare);
    }

    @Test
    void aCascadeKeepsACheapAnswerThatHolds() {
        ExecutionResult result = cascade(new Policies.Cascade("cheap", false, "b.e", 3, null), "a bee");
        assertThat(result.output()).isEqualTo(Map.of("text", "a bee"));
        assertThat(occurrence(result, "agent").modelCalls()).hasSize(1);
        Comparison sure = new Comparison("score", Comparison.Operator.AT_LEAST, 0.5);
        assertThat(cascade(json(sure), "{\"score\": 0.7}").output()).isEqualTo(Map.of("text", "{\"score\": 0.7}"));
        assertThat(cascade(json(null), "[1, 2]").output()).isEqualTo(Map.of("text", "[1, 2]"));
    }

    @Test
    void aCascadeDoesNotTakeAnAnswerThatTheLimitOfTokensEnded() {
        String half = ModelServer.completion("{\"role\": \"assistant\", \"content\": \"a be\"}", "length", 1, 1, 0);
        try (ModelServer cheap = new ModelServer().then(ModelServer.status(200, half, Map.of()));
                ModelServer dear = new ModelServer().then(ModelServer.text("a bee", 1, 1, 0))) {
            ExecutionResult result = new Bench()
                    .settings(Settings.with(settings ->
                            settings.endpoints = Map.of("cheap", cheap.endpoint(), "dear", dear.endpoint())))
                    .run(
                            chain(
                                    Set.of("topic"),
                                    Set.of("text"),
                                    agent(new Policies.Cascade("cheap", false, null, 3, null))),
                            Map.of("topic", "bees"));

            assertThat(result.output()).isEqualTo(Map.of("text", "a bee"));
            assertThat(occurrence(result, "agent").modelCalls()).hasSize(2);
        }
    }

    @Test
    void aCascadeAsksTheDearModelWhereACheckFailsAndRecordsBothCalls() {
        Comparison sure = new Comparison("score", Comparison.Operator.AT_LEAST, 0.5);
        List<ExecutionResult> results = List.of(
                cascade(new Policies.Cascade("cheap", false, null, 0, null), " "),
                cascade(new Policies.Cascade("cheap", false, null, 10, null), "short"),
                cascade(new Policies.Cascade("cheap", false, "^b", 0, null), "wasp"),
                cascade(json(null), "{\"score\": "),
                cascade(json(sure), "{\"score\": 0.2}"),
                cascade(json(sure), "{\"score\": \"high\"}"),
                cascade(json(sure), "[]"),
                cascade(json(null), "fail"));
        assertThat(results).allSatisfy(result -> {
            assertThat(result.error()).isNull();
            assertThat(result.output()).isEqualTo(Map.of("text", "dear answer"));
            assertThat(occurrence(result, "agent").modelCalls()).hasSize(2);
        });
        assertThat(occurrence(results.get(7), "agent").modelCalls().stream().map(ModelCall::status))
                .containsExactly(Status.ERROR, Status.OK);
    }

    @Test
    void aCascadeThatCouldRepeatEffectsIsRefused() {
        Node acting = agent(json(null)).toBuilder().effects(Effects.EXTERNAL).build();
        assertThat(WorkflowCheck.problems(chain(Set.of("topic"), Set.of("text"), acting)))
                .anySatisfy(problem -> assertThat(problem.message()).contains("could repeat its effects"));
    }

    private static Workflow branch(Effects ofLeft, List<String> conditionWrites, String... ahead) {
        Node decide = Node.builder("decide", new NodeBody.Condition("decide", null))
                .state(List.of("n"), conditionWrites)
                .effects(Effects.NONE)
                .policies(Policies.NONE.withSpeculation(new Policies.Speculation(List.of(ahead))))
                .build();
        Node left = function("left", List.of("n"), List.of("result"))
                .effects(ofLeft)
                .build();
        Node right = function("right", List.of("n"), List.of("result")).build();
        return chain(Set.of("n"), Set.of("result"), decide, left, right)
                .withEdges(List.of(Edge.when("decide", "left", "left"), Edge.when("decide", "right", "right")));
    }

    @Test
    void bothBranchesStartWhileTheConditionDecidesAndTheLoserIsCancelledAndCounted() {
        CountDownLatch bothRun = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        ExecutionResult result = new Bench()
                .settings(Settings.with(settings -> settings.maxConcurrency = 2))
                .node("decide", context -> {
                    bothRun.await();
                    return Map.of("label", "left");
                })
                .node("left", context -> {
                    bothRun.countDown();
                    return Map.of("result", "l");
                })
                .node("right", context -> {
                    bothRun.countDown();
                    never.await();
                    return Map.of("result", "r");
                })
                .run(branch(Effects.NONE, List.of(), "left", "right"), Map.of("n", 1));
        assertThat(result.error()).isNull();
        assertThat(result.output()).isEqualTo(Map.of("result", "l"));
        assertThat(result.trace().occurrences()).hasSize(3);
        NodeOccurrence right = occurrence(result, "right");
        assertThat(right.status()).isEqualTo(Status.CANCELLED);
        assertThat(right.errorType()).isEqualTo(NodeOccurrence.LOST_SPECULATION);
        NodeOccurrence left = occurrence(result, "left");
        assertThat(left.status()).isEqualTo(Status.OK);
        assertThat(left.start()).isLessThan(occurrence(result, "decide").end());
    }

    @Test
    void aLoserThatHadFinishedIsLostAllTheSame() {
        CountDownLatch done = new CountDownLatch(1);
        ExecutionResult result = new Bench()
                .node("decide", context -> {
                    done.await();
                    return Map.of("label", "right");
                })
                .node("left", context -> {
                    done.countDown();
                    return Map.of("result", "l");
                })
                .node("right", context -> Map.of("result", "r"))
                .run(branch(Effects.NONE, List.of(), "left"), Map.of("n", 1));
        assertThat(result.output()).isEqualTo(Map.of("result", "r"));
        assertThat(occurrence(result, "left").errorType()).isEqualTo(NodeOccurrence.LOST_SPECULATION);
    }

    /** The condition chooses the other way first, when the node has run ahead, and the node after that. */
    @Test
    void aRunAheadThatIsLostCountsForNoIteration() {
        Node decide = Node.builder("decide", new NodeBody.Condition("decide", null))
                .state(List.of("n"), List.of())
                .effects(Effects.NONE)
                .policies(Policies.NONE.withSpeculation(new Policies.Speculation(List.of("a"))))
                .build();
        Workflow workflow = chain(
                        Set.of("n"),
                        Set.of("result"),
                        decide,
                        function("a", List.of("n"), List.of("result")).build(),
                        function("b", List.of("n"), List.of("n")).build())
                .withEdges(List.of(
                        Edge.when("decide", "a", "a"),
                        Edge.when("decide", "b", "b"),
                        new Edge("b", "decide", null, 3)));
        CountDownLatch ranAhead = new CountDownLatch(1);
        ExecutionResult result = new Bench()
                .node("decide", context -> {
                    ranAhead.await();
                    return Map.of("label", Bench.number(context, "n") == 0 ? "b" : "a");
                })
                .node("a", context -> {
                    ranAhead.countDown();
                    return Map.of(
                            "result",
                            "iteration " + context.iteration() + ", n "
                                    + context.state().get("n"));
                })
                .node("b", context -> Map.of("n", Bench.number(context, "n") + 1))
                .run(workflow, Map.of("n", 0));
        assertThat(result.error()).isNull();
        assertThat(result.output()).isEqualTo(Map.of("result", "iteration 0, n 1"));
        assertThat(result.trace().occurrences().stream()
                        .filter(one -> one.node().equals("a"))
                        .map(NodeOccurrence::status))
                .containsExactly(Status.CANCELLED, Status.OK);
    }

    @Test
    void aConditionThatFailsCancelsWhatRanAhead() {
        CountDownLatch started = new CountDownLatch(1);
        ExecutionResult result = new Bench()
                .node("decide", context -> {
                    started.await();
                    throw new IllegalStateException("undecided");
                })
                .node("left", context -> {
                    started.countDown();
                    new CountDownLatch(1).await();
                    return Map.of("result", "l");
                })
                .node("right", context -> Map.of("result", "r"))
                .run(branch(Effects.NONE, List.of(), "left"), Map.of("n", 1));
        assertThat(result.error()).contains("undecided");
        assertThat(occurrence(result, "left").status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void speculationOverEffectsOrOverWhatTheConditionWritesIsRefused() {
        assertThat(WorkflowCheck.problems(branch(Effects.IDEMPOTENT, List.of(), "left")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("its effects are (IDEMPOTENT)"));
        assertThat(WorkflowCheck.problems(branch(Effects.NONE, List.of("n"), "left")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("which the condition writes"));
        assertThat(WorkflowCheck.problems(branch(Effects.NONE, List.of(), "decide")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("to which it does not lead"));
        assertThat(WorkflowCheck.problems(branch(Effects.NONE, List.of()))).isNotEmpty();
    }
}
