package dev.fettle.runtime;

import static dev.fettle.runtime.Bench.function;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {
    private static ToolSpec tool(String name, Effects effects) {
        return new ToolSpec(name, Set.of(), name, effects, Map.of(), new BigDecimal("0.25"), false);
    }

    private static Workflow with(Workflow workflow, ToolSpec... tools) {
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

    private static Workflow calling(Effects effects, Policies policies) {
        Node node = Bench.function("ask", List.of("queries"), List.of("answers"))
                .tools(Map.of("search", "index"))
                .policies(policies)
                .build();
        return with(Bench.chain(Set.of("queries"), Set.of("answers"), node), tool("index", effects));
    }

    /** A node that asks its tool for each query, and a tool that numbers its calls. */
    private static Bench asking(AtomicInteger calls) {
        return new Bench()
                .tool("index", arguments -> arguments.get("q") + "#" + calls.incrementAndGet())
                .node("ask", context -> {
                    List<Object> answers = new ArrayList<>();
                    for (Object query : (List<?>) Bench.value(context, "queries")) {
                        answers.add(context.callTool("search", Map.of("q", query)));
                    }
                    return Map.of("answers", answers);
                });
    }

    @Test
    void aNodeCallsAToolByItsOwnNameAndTheCallIsRecorded() {
        ExecutionResult result = asking(new AtomicInteger())
                .run(calling(Effects.NONE, Policies.NONE), Map.of("queries", List.of("a", "b", "a")));

        assertThat(result.output()).containsEntry("answers", List.of("a#1", "b#2", "a#3"));
        List<ToolCall> calls = Bench.occurrence(result, "ask").toolCalls();
        assertThat(calls).extracting(ToolCall::tool).containsOnly("index");
        assertThat(calls)
                .extracting(ToolCall::arguments)
                .containsExactly("{\"q\":\"a\"}", "{\"q\":\"b\"}", "{\"q\":\"a\"}");
        assertThat(calls).extracting(ToolCall::cached).containsOnly(false);
        assertThat(calls).extracting(ToolCall::recordedUsd).containsOnly(0.25);
        assertThat(calls.get(0).argumentHash())
                .isEqualTo(calls.get(2).argumentHash())
                .isNotEqualTo(calls.get(1).argumentHash());
        assertThat(calls.get(0).resultHash()).isNotEqualTo(calls.get(2).resultHash());
    }

    @Test
    void largeArgumentsAreHashedAndNotKept() {
        ExecutionResult result = asking(new AtomicInteger())
                .settings(Settings.with(settings -> settings.keepArgumentBytes = 20))
                .run(calling(Effects.NONE, Policies.NONE), Map.of("queries", List.of("short", "x".repeat(30))));

        List<ToolCall> calls = Bench.occurrence(result, "ask").toolCalls();
        assertThat(calls.get(0).arguments()).isNotNull();
        assertThat(calls.get(1).arguments()).isNull();
        assertThat(calls.get(1).argumentHash()).hasSize(32);
    }

    @Test
    void aFailingToolIsRecordedAndFailsTheNodeThatDoesNotCatchIt() {
        ExecutionResult result = asking(new AtomicInteger())
                .tool("index", arguments -> {
                    throw new IllegalStateException("down");
                })
                .run(calling(Effects.NONE, Policies.NONE), Map.of("queries", List.of("a")));

        assertThat(result.error()).contains("(ask)").contains("down");
        ToolCall call = Bench.occurrence(result, "ask").toolCalls().get(0);
        assertThat(call.status()).isEqualTo(Status.ERROR);
        assertThat(call.errorType()).isEqualTo("IllegalStateException");
    }

    @Test
    void aToolResultThatIsNotJsonFailsWithTheToolAndTheType() {
        ExecutionResult result = asking(new AtomicInteger())
                .tool("index", arguments -> Path.of("x"))
                .run(calling(Effects.NONE, Policies.NONE), Map.of("queries", List.of("a")));

        assertThat(result.error()).contains("(index)").contains("Path");
    }

    @Test
    void aToolThatTheNodeDoesNotDeclareIsRefused() {
        ExecutionResult result = asking(new AtomicInteger())
                .node("ask", context -> Map.of("answers", context.callTool("index", Map.of())))
                .run(calling(Effects.NONE, Policies.NONE), Map.of("queries", List.of()));

        assertThat(result.error()).contains("(index)").contains("[search]");
    }

    @Test
    void aToolNodeMakesOneCallWithArgumentsFromTheState() {
        Node node = Node.builder("look", new NodeBody.Tool("index", Map.of("q", "query")))
                .state(List.of("query"), List.of("hits"))
                .effects(Effects.NONE)
                .build();
        Workflow workflow = with(Bench.chain(Set.of("query"), Set.of("hits"), node), tool("index", Effects.NONE));

        ExecutionResult result = asking(new AtomicInteger()).run(workflow, Map.of("query", "z"));

        assertThat(result.output()).containsEntry("hits", "z#1");
        assertThat(Bench.occurrence(result, "look").toolCalls()).hasSize(1);
    }

    @Test
    void aCachedToolIsCalledOnceForEqualArguments() {
        Policies.Cache cache = new Policies.Cache("index", Duration.ofHours(1), 10, Policies.Cache.Eviction.LRU);
        Bench bench = asking(new AtomicInteger());
        Workflow workflow = calling(Effects.NONE, Policies.NONE.withCache(cache));

        ExecutionResult result = bench.run(workflow, Map.of("queries", List.of("a", "b", "a")));

        assertThat(result.output()).containsEntry("answers", List.of("a#1", "b#2", "a#1"));
        List<ToolCall> calls = Bench.occurrence(result, "ask").toolCalls();
        assertThat(calls).extracting(ToolCall::cached).containsExactly(false, false, true);
        assertThat(calls).extracting(ToolCall::recordedUsd).containsExactly(0.25, 0.25, 0.0);
        assertThat(bench.run(workflow, Map.of("queries", List.of("a"))).output())
                .as("each run starts with an empty cache")
                .containsEntry("answers", List.of("a#3"));
    }

    @Test
    void sharedCachesServeLaterRuns() {
        Policies.Cache cache = new Policies.Cache("index", null, 10, Policies.Cache.Eviction.LFU);
        Bench bench = asking(new AtomicInteger()).settings(Settings.with(settings -> settings.shareCaches = true));
        Workflow workflow = calling(Effects.NONE, Policies.NONE.withCache(cache));

        bench.run(workflow, Map.of("queries", List.of("a")));

        assertThat(bench.run(workflow, Map.of("queries", List.of("a"))).output())
                .containsEntry("answers", List.of("a#1"));
    }

    @Test
    void externalToolCallsArePerformedListedAndReplayedInOrder() {
        AtomicInteger calls = new AtomicInteger();
        Workflow workflow = calling(Effects.EXTERNAL, Policies.NONE);
        Bench bench = asking(calls);
        Map<String, Object> input = Map.of("queries", List.of("a", "b", "a"));

        ExecutionResult performed = bench.run(workflow, input);
        ExecutionResult replayed =
                bench.effects(new EffectPolicy.Replay(performed.effects())).run(workflow, input);

        assertThat(performed.effects()).hasSize(3).allMatch(effect -> "index".equals(effect.tool()));
        assertThat(calls).hasValue(3);
        assertThat(replayed.error()).isNull();
        assertThat(replayed.output()).isEqualTo(performed.output());
        assertThat(replayed.effects()).isEqualTo(performed.effects());
    }

    @Test
    void aReplayWithoutARecordedResultStopsTheRunBeforeTheEffect() {
        AtomicInteger calls = new AtomicInteger();
        Workflow workflow = calling(Effects.UNKNOWN, Policies.NONE);
        Bench bench = asking(calls);
        ExecutionResult performed = bench.run(workflow, Map.of("queries", List.of("a")));
        calls.set(0);
        bench.effects(new EffectPolicy.Replay(performed.effects()));

        assertThat(bench.run(workflow, Map.of("queries", List.of("b"))).error())
                .contains("(index)")
                .contains("(ask)")
                .contains("no recorded result");
        assertThat(bench.run(workflow, Map.of("queries", List.of("a", "a"))).error())
                .contains("recorded 1 time,")
                .contains("asked once more");
        assertThat(calls).hasValue(0);
    }

    @Test
    void aNodeWithExternalEffectsIsReplayedAsAWhole() {
        AtomicInteger sent = new AtomicInteger();
        Bench bench = new Bench().node("send", context -> Map.of("receipt", "nr " + sent.incrementAndGet()));
        Workflow workflow = Bench.chain(
                Set.of("text"),
                Set.of("receipt"),
                Bench.function("send", List.of("text"), List.of("receipt"))
                        .effects(Effects.EXTERNAL)
                        .build());

        ExecutionResult performed = bench.run(workflow, Map.of("text", "hello"));
        ExecutionResult replayed =
                bench.effects(new EffectPolicy.Replay(performed.effects())).run(workflow, Map.of("text", "hello"));

        assertThat(sent).hasValue(1);
        assertThat(replayed.output()).containsEntry("receipt", "nr 1");
        assertThat(bench.run(workflow, Map.of("text", "other")).error()).contains("(send)");
        assertThat(sent).hasValue(1);
    }

    private static Policies.Cache invalidated(Policies.Cache.Invalidation invalidation) {
        return new Policies.Cache("index", null, 10, Policies.Cache.Eviction.LRU, invalidation);
    }

    @Test
    void aCallOfAToolThatChangesTheAnswersEmptiesTheCache() {
        Policies.Cache.Invalidation onSave = new Policies.Cache.Invalidation(Set.of(), Set.of(), Set.of("save"));
        Node node = function("ask", List.of(), List.of("answers")).build().toBuilder()
                .tools(Map.of("search", "index", "save", "save"))
                .policies(Policies.NONE.withCache(invalidated(onSave)))
                .build();
        Workflow workflow = with(
                Bench.chain(Set.of(), Set.of("answers"), node),
                tool("index", Effects.NONE),
                tool("save", Effects.EXTERNAL));
        AtomicInteger calls = new AtomicInteger();
        Bench bench = new Bench()
                .tool("index", arguments -> calls.incrementAndGet())
                .tool("save", arguments -> "saved")
                .node("ask", context -> {
                    List<Object> answers = new ArrayList<>();
                    answers.add(context.callTool("search", Map.of("q", "a")));
                    answers.add(context.callTool("search", Map.of("q", "a")));
                    var unused = context.callTool("save", Map.of());
                    answers.add(context.callTool("search", Map.of("q", "a")));
                    return Map.of("answers", answers);
                });

        assertThat(bench.run(workflow, Map.of()).output()).containsEntry("answers", List.of(1, 1, 2));
    }

    /** The first answer was given before the change, and comes in after it. */
    @Test
    void anAnswerFromBeforeAChangeIsNotKeptAfterIt() {
        Policies.Cache.Invalidation onSave = new Policies.Cache.Invalidation(Set.of(), Set.of(), Set.of("save"));
        List<Node> nodes = new ArrayList<>();
        for (String id : List.of("slow", "later")) {
            nodes.add(function(id, List.of(), List.of(id)).build().toBuilder()
                    .tools(Map.of("search", "index", "save", "save"))
                    .policies(Policies.NONE.withCache(invalidated(onSave)))
                    .build());
        }
        Node block = Node.builder("block", new NodeBody.Parallel(nodes, NodeBody.ErrorStrategy.FAIL_FAST, Map.of()))
                .build();
        Workflow workflow = with(
                Bench.chain(Set.of(), Set.of("slow", "later"), block),
                tool("index", Effects.NONE),
                tool("save", Effects.EXTERNAL));
        AtomicInteger saved = new AtomicInteger();
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        CountDownLatch slowIsDone = new CountDownLatch(1);
        Bench bench = new Bench()
                .settings(Settings.with(settings -> settings.maxConcurrency = 2))
                .tool("index", arguments -> {
                    int answer = saved.get();
                    answered.countDown();
                    changed.await();
                    return answer;
                })
                .tool("save", arguments -> saved.incrementAndGet())
                .node("slow", context -> {
                    Object answer = context.callTool("search", Map.of("q", "a"));
                    slowIsDone.countDown();
                    return Map.of("slow", answer);
                })
                .node("later", context -> {
                    answered.await();
                    var unused = context.callTool("save", Map.of());
                    changed.countDown();
                    slowIsDone.await();
                    return Map.of("later", context.callTool("search", Map.of("q", "a")));
                });

        assertThat(bench.run(workflow, Map.of()).output()).isEqualTo(Map.of("slow", 0, "later", 1));
    }

    @Test
    void anAnswerIsKeptForTheContentsOfTheFileThatItWasAskedAbout(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "one");
        Policies.Cache.Invalidation onFile = new Policies.Cache.Invalidation(Set.of(), Set.of("q"), Set.of());
        Workflow workflow = calling(Effects.NONE, Policies.NONE.withCache(invalidated(onFile)));
        AtomicInteger calls = new AtomicInteger();
        Bench bench = new Bench()
                .tool("index", arguments -> calls.incrementAndGet())
                .node("ask", context -> {
                    List<Object> answers = new ArrayList<>();
                    answers.add(context.callTool("search", Map.of("q", file.toString())));
                    answers.add(context.callTool("search", Map.of("q", file.toString())));
                    Files.writeString(file, "two");
                    answers.add(context.callTool("search", Map.of("q", file.toString())));
                    answers.add(context.callTool("search", Map.of("q", directory.toString())));
                    answers.add(context.callTool("search", Map.of("q", directory.toString())));
                    return Map.of("answers", answers);
                });

        assertThat(bench.run(workflow, Map.of("queries", List.of())).output())
                .as("a folder has no contents to compare, so that nothing is kept for it")
                .containsEntry("answers", List.of(1, 1, 2, 3, 4));
    }

    @Test
    void callsAtTheSameTimeGiveTheResultsOfCallsInARow() {
        CyclicBarrier all = new CyclicBarrier(3);
        Bench bench = new Bench()
                .tool("index", arguments -> {
                    try {
                        all.await(20, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException("the calls did not overlap", e);
                    }
                    return "found " + arguments.get("q");
                })
                .node(
                        "ask",
                        context -> Map.of(
                                "answers",
                                context.callTools(
                                        "search", List.of(Map.of("q", "a"), Map.of("q", "b"), Map.of("q", "c")))));
        Workflow workflow = calling(Effects.NONE, Policies.NONE.withBatch(new Policies.Batch("index", 3, true)));

        ExecutionResult result = bench.run(workflow, Map.of("queries", List.of()));

        assertThat(result.output()).containsEntry("answers", List.of("found a", "found b", "found c"));
        assertThat(Bench.occurrence(result, "ask").toolCalls())
                .hasSize(3)
                .extracting(ToolCall::together)
                .containsOnly("together-1");
    }

    @Test
    void aTraceSaysWhichCallsWereAskedForAtOnce() {
        Bench bench = new Bench().tool("index", arguments -> 1).node("ask", context -> {
            context.callTools("search", List.of(Map.of("q", "a"), Map.of("q", "b")));
            context.callTool("search", Map.of("q", "c"));
            context.callTools("search", List.of(Map.of("q", "d"), Map.of("q", "e")));
            return Map.of("answers", List.of());
        });

        ExecutionResult result = bench.run(calling(Effects.NONE, Policies.NONE), Map.of("queries", List.of()));

        assertThat(Bench.occurrence(result, "ask").toolCalls())
                .extracting(ToolCall::together)
                .containsExactly("together-1", "together-1", null, "together-2", "together-2");
    }

    @Test
    void oneOfSeveralCallsAtTheSameTimeThatFailsFailsTheNode() {
        Bench bench = new Bench()
                .tool("index", arguments -> {
                    if ("b".equals(arguments.get("q"))) {
                        throw new IllegalArgumentException("no b");
                    }
                    return 1;
                })
                .node(
                        "ask",
                        context -> Map.of(
                                "answers", context.callTools("search", List.of(Map.of("q", "a"), Map.of("q", "b")))));
        Workflow workflow = calling(Effects.NONE, Policies.NONE.withBatch(new Policies.Batch("index", 2, true)));

        assertThat(bench.run(workflow, Map.of("queries", List.of())).error()).contains("no b");
    }
}
