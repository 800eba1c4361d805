package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.OutsideCall.Kind;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.execute.ReplayRules;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.settings.RuntimeSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final ReplayRules TOOLS = new ReplayRules(ReplayRules.Scope.TOOLS, false, List.of());

    private static ToolSpec tool(String name, Effects effects) {
        return new ToolSpec(name, Set.of(), name, effects, Map.of(), null, false);
    }

    private static Node caller(String id, String tool) {
        return Bench.function(id, List.of("q"), List.of(id))
                .tools(Map.of(tool, tool))
                .build();
    }

    private static Workflow withTools(Workflow workflow, ToolSpec... tools) {
        return new Workflow(
                workflow.id(),
                workflow.entry(),
                workflow.inputs(),
                workflow.outputs(),
                workflow.nodes(),
                workflow.edges(),
                List.of(tools),
                false);
    }

    private static Recording record(Bench bench, Workflow workflow, Map<String, Object> input) {
        List<RecordedCall> calls = Collections.synchronizedList(new ArrayList<>());
        ExecutionResult result =
                bench.effects(new EffectPolicy.Perform(calls::add)).run(workflow, input);
        String hash = String.valueOf(result.trace().inputHash());
        return new Recording("r", workflow.id(), List.of(new RecordedRun("1", input, hash, Status.OK, calls)));
    }

    private static ExecutionResult replay(
            Bench bench, Workflow workflow, Recording recording, ReplayRules rules, Map<String, Object> input) {
        return bench.effects(new EffectPolicy.Replay(recording, rules, 0)).run(workflow, input);
    }

    /** The recording, with another time for every call. */
    private static Recording lasting(Recording recording, Duration duration) {
        List<RecordedRun> runs = new ArrayList<>();
        for (RecordedRun run : recording.runs()) {
            List<RecordedCall> calls = run.calls().stream()
                    .map(call -> new RecordedCall(
                            call.call(),
                            call.result(),
                            call.errorType(),
                            call.error(),
                            duration,
                            call.modelCalls(),
                            call.toolCalls()))
                    .toList();
            runs.add(new RecordedRun(run.id(), run.input(), run.inputHash(), run.status(), calls));
        }
        return new Recording(recording.id(), recording.workflow(), runs);
    }

    private static Workflow deciding(List<String> ahead) {
        Policies policies =
                ahead.isEmpty() ? Policies.NONE : Policies.NONE.withSpeculation(new Policies.Speculation(ahead));
        Node decide = Node.builder("decide", new NodeBody.Condition("decide", null))
                .state(List.of("q"), List.of())
                .effects(Effects.NONE)
                .policies(policies)
                .build();
        return withTools(
                Bench.chain(Set.of("q"), Set.of(), decide, caller("left", "search"), caller("right", "search"))
                        .withEdges(List.of(Edge.when("decide", "left", "left"), Edge.when("decide", "right", "right"))),
                tool("search", Effects.NONE));
    }

    /** What loses was never asked in the recorded run; where it is taken after all, the run stops. */
    @Test
    void whatRunsAheadAndWasNotRecordedStopsTheRunOnlyWhereItIsTaken() {
        CountDownLatch refused = new CountDownLatch(1);
        AtomicReference<String> label = new AtomicReference<>("left");
        Bench bench = new Bench()
                .tool("search", arguments -> "hit " + arguments.get("q"))
                .node("decide", context -> Map.of("label", label.get()))
                .node("left", context -> Map.of("left", context.callTool("search", Map.of("q", "left"))))
                .node("right", context -> {
                    try {
                        return Map.of("right", context.callTool("search", Map.of("q", "right")));
                    } finally {
                        refused.countDown();
                    }
                });
        Recording recording = record(bench, deciding(List.of()), Map.of("q", "a"));
        bench.node("decide", context -> {
            refused.await();
            return Map.of("label", label.get());
        });

        ExecutionResult lost = replay(bench, deciding(List.of("right")), recording, TOOLS, Map.of("q", "a"));
        label.set("right");
        ExecutionResult taken = replay(bench, deciding(List.of("right")), recording, TOOLS, Map.of("q", "a"));

        assertThat(lost.error()).isNull();
        assertThat(lost.output()).containsEntry("left", "hit left");
        assertThat(taken.error()).contains("no recorded result").contains("right");
    }

    @Test
    void aToolIsAnsweredAndNotCalled() {
        AtomicInteger calls = new AtomicInteger();
        Bench bench = new Bench()
                .tool("search", arguments -> "hit " + arguments.get("q") + " " + calls.incrementAndGet())
                .node(
                        "find",
                        context -> Map.of("find", context.callTool("search", Map.of("q", Bench.value(context, "q")))));
        Workflow workflow = withTools(
                Bench.chain(Set.of("q"), Set.of("find"), caller("find", "search")), tool("search", Effects.NONE));
        Recording recording = record(bench, workflow, Map.of("q", "a"));

        ExecutionResult result = replay(bench, workflow, recording, TOOLS, Map.of("q", "a"));

        assertThat(result.output()).isEqualTo(Map.of("find", "hit a 1"));
        assertThat(calls).hasValue(1);
        assertThat(result.answered()).isEqualTo(1);
    }

    @Test
    void aCallThatWasNotRecordedStopsTheRunEvenWhereTheNodeGoesOn() {
        AtomicInteger after = new AtomicInteger();
        Bench bench = new Bench()
                .tool("send", arguments -> "sent")
                .node("mail", context -> {
                    Object to = Bench.value(context, "q");
                    try {
                        return Map.of("mail", context.callTool("send", Map.of("to", to, "text", "hello")));
                    } catch (RuntimeException e) {
                        return Map.of("mail", "never mind");
                    }
                })
                .node("next", context -> Map.of("next", after.incrementAndGet()));
        Workflow workflow = withTools(
                Bench.chain(
                        Set.of("q"),
                        Set.of(),
                        caller("mail", "send"),
                        Bench.function("next", List.of(), List.of("next")).build()),
                tool("send", Effects.EXTERNAL));
        Recording recording = record(bench, workflow, Map.of("q", "anna"));
        after.set(0);

        ExecutionResult result = replay(
                bench,
                workflow,
                recording,
                new ReplayRules(ReplayRules.Scope.TOOLS, true, List.of()),
                Map.of("q", "berta"));

        assertThat(result.trace().status()).isEqualTo(Status.ERROR);
        assertThat(result.error())
                .contains("the tool (send)", "the node (mail)", "{\"text\":\"hello\",\"to\":\"berta\"}")
                .contains("nearest recorded input ({\"text\":\"hello\",\"to\":\"anna\"}) differs in [to]");
        assertThat(after).hasValue(0);
        assertThat(result.effects()).isEmpty();
    }

    @Test
    void anEffectThatIsAskedTwiceAndWasRecordedOnceStopsTheRun() {
        Workflow workflow =
                withTools(Bench.chain(Set.of("q"), Set.of(), caller("mail", "send")), tool("send", Effects.EXTERNAL));
        AtomicInteger times = new AtomicInteger(1);
        Bench bench = new Bench().tool("send", arguments -> "sent").node("mail", context -> {
            for (int i = 0; i < times.get(); i++) {
                context.callTool("send", Map.of("to", "anna"));
            }
            return Map.of();
        });
        Recording recording = record(bench, workflow, Map.of("q", "x"));
        times.set(2);

        assertThat(replay(bench, workflow, recording, ReplayRules.OUTSIDE, Map.of("q", "x"))
                        .error())
                .contains("is asked once more");
    }

    @Test
    void aCallThatIsOnlyKnownWithoutItsSecretSaysSo() {
        Workflow workflow = withTools(
                Bench.chain(Set.of("q"), Set.of("find"), caller("find", "search")), tool("search", Effects.NONE));
        Bench bench = new Bench()
                .tool("search", arguments -> "hit")
                .node(
                        "find",
                        context -> Map.of(
                                "find", context.callTool("search", Map.of("password", Bench.value(context, "q")))));
        Recording recording = record(bench, workflow, Map.of("q", "hunter two"));

        assertThat(replay(bench, workflow, recording, TOOLS, Map.of("q", "[redacted]"))
                        .error())
                .contains("a value that the recording does not keep, such as a secret");
    }

    @Test
    void aToolWithoutEffectsThatWasNotRecordedRunsWhereThatIsAllowed() {
        Workflow workflow = withTools(
                Bench.chain(Set.of("q"), Set.of("find"), caller("find", "search")), tool("search", Effects.NONE));
        Bench bench = new Bench()
                .tool("search", arguments -> "hit " + arguments.get("q"))
                .node(
                        "find",
                        context -> Map.of("find", context.callTool("search", Map.of("q", Bench.value(context, "q")))));
        Recording recording = record(bench, workflow, Map.of("q", "a"));

        ReplayRules live = new ReplayRules(ReplayRules.Scope.TOOLS, true, List.of());
        assertThat(replay(bench, workflow, recording, live, Map.of("q", "b")).output())
                .isEqualTo(Map.of("find", "hit b"));
        assertThat(replay(bench, workflow, recording, TOOLS, Map.of("q", "b")).error())
                .contains("may not be made here", "nearest recorded input ({\"q\":\"a\"}) differs in [q]");
    }

    @Test
    void aToolThatCostsIsAnsweredByDefaultAndAFreeOneIsRun() {
        ToolSpec paid = new ToolSpec("search", Set.of(), "search", Effects.NONE, Map.of(), BigDecimal.ONE, false);
        for (ToolSpec tool : List.of(paid, tool("search", Effects.NONE))) {
            Workflow workflow = withTools(Bench.chain(Set.of("q"), Set.of("find"), caller("find", "search")), tool);
            AtomicInteger calls = new AtomicInteger();
            Bench bench = new Bench()
                    .tool("search", arguments -> "hit " + calls.incrementAndGet())
                    .node("find", context -> Map.of("find", context.callTool("search", Map.of())));
            Recording recording = record(bench, workflow, Map.of("q", "a"));

            ExecutionResult replayed = replay(bench, workflow, recording, ReplayRules.OUTSIDE, Map.of("q", "a"));

            assertThat(replayed.output()).isEqualTo(Map.of("find", tool.equals(paid) ? "hit 1" : "hit 2"));
        }
    }

    @Test
    void aLongInputThatDiffersOnlyAtItsEndIsSaidToDiffer() {
        Workflow workflow = withTools(
                Bench.chain(Set.of("q"), Set.of("find"), caller("find", "search")), tool("search", Effects.NONE));
        Bench bench = new Bench()
                .tool("search", arguments -> "hit")
                .node(
                        "find",
                        context -> Map.of(
                                "find",
                                context.callTool(
                                        "search", Map.of("q", "long ".repeat(200) + Bench.value(context, "q")))));
        Recording recording = record(bench, workflow, Map.of("q", "a"));

        assertThat(replay(bench, workflow, recording, TOOLS, Map.of("q", "b")).error())
                .contains("differs in [q]");
    }

    @Test
    void aMatcherAnswersWhatWasNotRecordedExactlySo() {
        Workflow workflow = withTools(
                Bench.chain(Set.of("q"), Set.of("find"), caller("find", "search")), tool("search", Effects.EXTERNAL));
        AtomicInteger request = new AtomicInteger();
        Bench bench = new Bench()
                .tool("search", arguments -> "hit")
                .node(
                        "find",
                        context -> Map.of("find", context.callTool("search", Map.of("id", request.incrementAndGet()))));
        Recording recording = record(bench, workflow, Map.of("q", "a"));
        ReplayRules matching = new ReplayRules(
                ReplayRules.Scope.OUTSIDE,
                false,
                List.of((call, candidates) -> candidates.isEmpty() ? OptionalInt.empty() : OptionalInt.of(0)));

        assertThat(replay(bench, workflow, recording, matching, Map.of("q", "a"))
                        .output())
                .isEqualTo(Map.of("find", "hit"));
        assertThat(replay(bench, workflow, recording, ReplayRules.OUTSIDE, Map.of("q", "a"))
                        .error())
                .isNotNull();
    }

    @Test
    void aCallThatFailedFailsAgainAndARetryGetsTheNextAnswer() {
        Node node = caller("find", "search").toBuilder()
                .policies(new Policies(null, new Policies.Retry(2, Duration.ZERO), null, null))
                .build();
        Workflow workflow = withTools(Bench.chain(Set.of("q"), Set.of("find"), node), tool("search", Effects.NONE));
        AtomicInteger calls = new AtomicInteger();
        Bench bench = new Bench()
                .tool("search", arguments -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("busy");
                    }
                    return "hit";
                })
                .node("find", context -> Map.of("find", context.callTool("search", Map.of())));
        Recording recording = record(bench, workflow, Map.of("q", "a"));

        ExecutionResult result = replay(bench, workflow, recording, TOOLS, Map.of("q", "a"));

        assertThat(result.output()).isEqualTo(Map.of("find", "hit"));
        assertThat(Bench.occurrence(result, "find").retriedErrors()).containsExactly("IllegalStateException");
        assertThat(calls).hasValue(2);
    }

    @Test
    void aModelIsAnsweredWithItsTokens() {
        Node agent = Node.builder("agent", new NodeBody.Agent("fettle-extractive", "Summarize: {q}"))
                .state(List.of("q"), List.of("answer"))
                .effects(Effects.NONE)
                .build();
        Workflow workflow = Bench.chain(Set.of("q"), Set.of("answer"), agent);
        Bench bench = new Bench();
        Map<String, Object> input = Map.of("q", "One sentence. Another sentence.");
        Recording recording = lasting(record(bench, workflow, input), Duration.ofSeconds(9));
        ExecutionResult live = bench.effects(new EffectPolicy.Perform()).run(workflow, input);

        ExecutionResult result = replay(bench, workflow, recording, ReplayRules.OUTSIDE, input);

        assertThat(recording.calls(Kind.MODEL, "fettle-extractive")).hasSize(1);
        assertThat(result.output()).isEqualTo(live.output());
        assertThat(result.trace().tokens()).isEqualTo(live.trace().tokens());
        assertThat(Bench.occurrence(result, "agent").modelCalls().get(0).duration())
                .isEqualTo(Duration.ofSeconds(9));
        assertThat(result.trace().wallClock()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
    }

    @Test
    void aWholeNodeKeepsWhatWasPaidInsideIt() {
        Node agent = Node.builder("agent", new NodeBody.Agent("fettle-extractive", "Summarize: {q}"))
                .state(List.of("q"), List.of("answer"))
                .effects(Effects.EXTERNAL)
                .build();
        Workflow workflow = Bench.chain(Set.of("q"), Set.of("answer"), agent);
        Bench bench = new Bench();
        Map<String, Object> input = Map.of("q", "One sentence. Another sentence.");
        Recording recording = record(bench, workflow, input);
        ExecutionResult live = bench.effects(new EffectPolicy.Perform()).run(workflow, input);

        ExecutionResult result = replay(bench, workflow, recording, ReplayRules.EFFECTS, input);

        assertThat(result.trace().tokens().total()).isPositive();
        assertThat(result.trace().tokens()).isEqualTo(live.trace().tokens());
        assertThat(result.effects()).hasSize(1);
    }

    @Test
    void recordedTimesAddUpAlongAChain() {
        Node[] nodes = {node("a"), node("b"), node("c")};
        Workflow chain = Bench.chain(Set.of("q"), Set.of(), nodes);
        Bench bench = echo("a", "b", "c");
        Recording recording = lasting(record(bench, chain, Map.of("q", 1)), Duration.ofSeconds(2));

        ExecutionResult result = replay(bench, chain, recording, ReplayRules.EFFECTS, Map.of("q", 1));

        assertThat(result.answered()).isEqualTo(3);
        assertThat(result.trace().wallClock()).isBetween(Duration.ofSeconds(6), Duration.ofMillis(7500));
        assertThat(Bench.occurrence(result, "c").start()).isGreaterThan(Duration.ofSeconds(4));
    }

    @Test
    void recordedTimesOfABlockRunAtTheSameTimeOnAsManyWorkersAsThereAre() {
        Workflow block = Bench.chain(Set.of("q"), Set.of(), block("a", "b", "c", "d"));
        Bench bench = echo("a", "b", "c", "d");
        Recording recording = lasting(record(bench, block, Map.of("q", 1)), Duration.ofSeconds(2));

        for (int workers = 1; workers <= 4; workers++) {
            ExecutionResult result =
                    replay(bench.settings(concurrency(workers)), block, recording, ReplayRules.EFFECTS, Map.of("q", 1));

            Duration expected = Duration.ofSeconds(2L * ((4 + workers - 1) / workers));
            assertThat(result.trace().wallClock())
                    .as(workers + " workers")
                    .isBetween(expected, expected.plusMillis(1500));
            assertThat(Bench.occurrence(result, "block").duration())
                    .as(workers + " workers")
                    .isBetween(expected, expected.plusMillis(1500));
        }
    }

    @Test
    void aMemberOfABlockWaitsForTheRecordedTimeOfThoseThatItReads() {
        Node late = Node.builder("late", new NodeBody.Function("late"))
                .state(List.of("a"), List.of("late"))
                .effects(Effects.EXTERNAL)
                .build();
        Node block = Node.builder(
                        "block",
                        new NodeBody.Parallel(
                                List.of(node("a"), node("b"), late), NodeBody.ErrorStrategy.FAIL_FAST, Map.of()))
                .build();
        Workflow workflow = Bench.chain(Set.of("q"), Set.of(), block);
        Bench bench = echo("a", "b", "late").settings(concurrency(4));
        Recording recording = lasting(record(bench, workflow, Map.of("q", 1)), Duration.ofSeconds(2));

        ExecutionResult result = replay(bench, workflow, recording, ReplayRules.EFFECTS, Map.of("q", 1));

        assertThat(Bench.occurrence(result, "late").start()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(result.trace().wallClock()).isBetween(Duration.ofSeconds(4), Duration.ofMillis(5500));
    }

    private static RuntimeSettings concurrency(int workers) {
        return Settings.with(settings -> settings.maxConcurrency = workers);
    }

    /** A node with an effect. */
    private static Node node(String id) {
        return Node.builder(id, new NodeBody.Function(id))
                .state(List.of("q"), List.of(id))
                .effects(Effects.EXTERNAL)
                .build();
    }

    private static Node block(String... members) {
        List<Node> nodes = new ArrayList<>();
        for (String member : members) {
            nodes.add(node(member));
        }
        return Node.builder("block", new NodeBody.Parallel(nodes, NodeBody.ErrorStrategy.FAIL_FAST, Map.of()))
                .build();
    }

    private static Bench echo(String... nodes) {
        Bench bench = new Bench();
        for (String node : nodes) {
            bench.node(node, context -> Map.of(node, node));
        }
        return bench;
    }

    @Test
    void aCallIsSaidInWords() {
        assertThat(new OutsideCall(Kind.TOOL, "n", "t", Effects.NONE, "h", null).describe())
                .isEqualTo("the call of the tool (t) by the node (n)");
    }
}
