package dev.fettle.strategies.advanced.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Policies.Cache.Eviction;
import dev.fettle.api.workflow.Policies.Cache.Invalidation;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ToolCachingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static WorkflowBuilder workflow(Effects effects, Policies policies) {
        return WorkflowBuilder.workflow("ask")
                .inputs("question")
                .outputs("answer")
                .tool("docs", tool -> tool.effects(effects))
                .function("search", node -> node.reads("question")
                        .writes("answer")
                        .tools("docs")
                        .policies(policies));
    }

    private static Workflow plain() {
        return workflow(Effects.NONE, Policies.NONE).build();
    }

    /** Four calls in each run, the arguments a, b, a, a. */
    private static List<ExecutionTrace> runs(int runs, IntFunction<String> result) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            int first = 4 * run;
            traces.add(TraceBuilder.run("run-" + run)
                    .of("ask")
                    .ran("search", o -> o.seconds(4).toolCall("docs", "a", result.apply(first), 1))
                    .ran("search", o -> o.seconds(1).toolCall("docs", "b", "other", 1))
                    .ran("search", o -> o.seconds(1).toolCall("docs", "a", result.apply(first + 2), 1))
                    .ran("search", o -> o.seconds(1).toolCall("docs", "a", result.apply(first + 3), 1))
                    .build());
        }
        return traces;
    }

    private static StrategyTester tester(Workflow workflow, List<ExecutionTrace> traces) {
        return StrategyTester.of(new ToolCaching())
                .on(workflow)
                .with(traces)
                .toolBottleneck(BottleneckTypes.MISSING_CACHING, null, "docs");
    }

    @Test
    void repeatedCallsWithEqualResultsAreKept() {
        Policies.Cache cache = new Policies.Cache("docs", MINUTE, 16, Eviction.LRU);

        Suggestion suggestion = tester(plain(), runs(10, call -> "same"))
                .suggests(workflow(Effects.NONE, Policies.NONE.withCache(cache)).build());

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(suggestion.recommendation()).isEqualTo(Recommendation.AUTOMATIC);
        assertThat(suggestion.reason()).contains("20 of 40").contains("right in 20 of 20");
        assertThat(suggestion.evidence().get(0).text()).contains("20 of 20 (95 % interval 0.84-1.00)");
        assertThat(suggestion.confidence()).isBetween(0.8, 0.9);
    }

    @Test
    void resultsThatDifferForTheSameArgumentsAreNotKept() {
        tester(plain(), runs(10, call -> "page " + call)).doesNotFire("compared answers differ too often");
    }

    @Test
    void tooFewComparedResultsSayNothing() {
        tester(plain(), runs(3, call -> "same")).doesNotFire("too few repeated questions");
    }

    @Test
    void callsThatAreNotRepeatedNeedNoCache() {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 30; run++) {
            traces.add(TraceBuilder.run("run-" + run)
                    .of("ask")
                    .ran("search", o -> o.toolCall("docs", "a", "same", 1))
                    .build());
        }
        tester(plain(), traces).doesNotFire();
    }

    @Test
    void equalAnswersToDifferentRunsVouchForACacheWhereRunsRepeatLittle() {
        List<ExecutionTrace> traces = new ArrayList<>(runs(3, call -> "same"));
        for (int run = 0; run < 20; run++) {
            traces.add(TraceBuilder.run("once-" + run)
                    .of("ask")
                    .ran("search", o -> o.toolCall("docs", "a", "same", 1))
                    .build());
        }

        Suggestion suggestion = tester(plain(), traces)
                .suggests(workflow(
                                Effects.NONE,
                                Policies.NONE.withCache(new Policies.Cache("docs", MINUTE, 16, Eviction.LRU)))
                        .build());

        assertThat(suggestion.evidence().get(0).text()).contains("6 of 6");
        assertThat(suggestion.evidence().get(1).text())
                .contains("different runs")
                .contains("30 of 30");
    }

    @Test
    void equalAnswersToDifferentRunsDoNotOutweighAWrongOneWithinARun() {
        List<ExecutionTrace> traces = new ArrayList<>(runs(1, call -> "page " + call));
        for (int run = 0; run < 40; run++) {
            traces.add(TraceBuilder.run("once-" + run)
                    .of("ask")
                    .ran("search", o -> o.toolCall("docs", "c", "same", 1))
                    .build());
        }
        tester(plain(), traces).doesNotFire();
    }

    @ParameterizedTest
    @EnumSource(
            value = Effects.class,
            names = {"IDEMPOTENT", "EXTERNAL", "UNKNOWN"})
    void aToolWithEffectsIsNeverCached(Effects effects) {
        tester(workflow(effects, Policies.NONE).build(), runs(10, call -> "same"))
                .doesNotFire();
    }

    @Test
    void aNodeThatHasACacheKeepsIt() {
        Policies.Cache cache = new Policies.Cache("docs", null, 5, Eviction.FIFO);

        tester(workflow(Effects.NONE, Policies.NONE.withCache(cache)).build(), runs(10, call -> "same"))
                .doesNotFire();
    }

    @Test
    void callsOfAToolWithEffectsEmptyTheCache() {
        Workflow workflow = WorkflowBuilder.workflow("ask")
                .outputs("answer")
                .tool("docs", tool -> {})
                .tool("save", tool -> tool.effects(Effects.EXTERNAL))
                .function("search", node -> node.writes("answer").tools("docs"))
                .function("store", node -> node.tools("save"))
                .build();
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            String before = "before " + run;
            String after = "after " + run;
            traces.add(TraceBuilder.run("run-" + run)
                    .of("ask")
                    .ran("search", o -> o.toolCall("docs", "a", before, 1))
                    .ran("search", o -> o.toolCall("docs", "a", before, 1))
                    .ran("store", o -> o.toolCall("save", "x", "done", 1))
                    .ran("search", o -> o.toolCall("docs", "a", after, 1))
                    .build());
        }

        Suggestion suggestion = tester(workflow, traces).suggestion();

        assertThat(suggestion.reason()).contains("20 of 60").contains("right in 20 of 20");
        assertThat(cache(workflow, traces).invalidation())
                .isEqualTo(new Invalidation(Set.of(), Set.of(), Set.of("save")));
    }

    @Test
    void stateThatDecidesTheResultBelongsToTheKey() {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            traces.add(TraceBuilder.run("run-" + run)
                    .of("ask")
                    .ran("search", o -> o.read("question", "q1").toolCall("docs", "a", "one", 1))
                    .ran("search", o -> o.read("question", "q2").toolCall("docs", "a", "two", 1))
                    .ran("search", o -> o.read("question", "q1").toolCall("docs", "a", "one", 1))
                    .build());
        }

        Suggestion suggestion = tester(plain(), traces).suggestion();

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(cache(plain(), traces).invalidation().stateKeys()).containsExactly("question");
    }

    @Test
    void resultsAreKeptNoLongerThanTheyStayedRight() {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 30; run++) {
            String late = "late " + run;
            traces.add(TraceBuilder.run("run-" + run)
                    .of("ask")
                    .ran("search", o -> o.toolCall("docs", "a", "early", 1))
                    .ran("search", o -> o.at(30).toolCall("docs", "a", "early", 1))
                    .ran("search", o -> o.at(500).toolCall("docs", "a", late, 1))
                    .build());
        }

        assertThat(cache(plain(), traces).timeToLive()).isEqualTo(MINUTE);
        assertThat(tester(plain(), traces).suggestion().risk()).isEqualTo(RiskLevel.MEDIUM);
    }

    @Test
    void sizeAndEvictionFollowFromReplay() {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            TraceBuilder trace = TraceBuilder.run("run-" + run).of("ask");
            for (int call = 0; call < 100; call++) {
                String argument = "argument " + call % 40;
                trace.ran("search", o -> o.toolCall("docs", argument, argument, 1));
            }
            traces.add(trace.build());
        }

        assertThat(cache(plain(), traces).maxEntries()).isEqualTo(64);
    }

    @Test
    void filesThatArgumentsNameBelongToTheKey() {
        Workflow workflow = WorkflowBuilder.workflow("ask")
                .outputs("answer")
                .tool(
                        "docs",
                        tool -> tool.schema(
                                Map.of("properties", Map.of("source", Map.of("type", "string", "format", "path")))))
                .function("search", node -> node.writes("answer").tools("docs"))
                .build();

        assertThat(cache(workflow, runs(10, call -> "same")).invalidation().fileArguments())
                .containsExactly("source");
    }

    private static Policies.Cache cache(Workflow workflow, List<ExecutionTrace> traces) {
        StrategyTester tester = tester(workflow, traces);
        Policies.Cache cache = tester.apply(tester.suggestion().changes())
                .node("search")
                .orElseThrow()
                .policies()
                .cache();
        assertThat(cache).isNotNull();
        return Objects.requireNonNull(cache);
    }
}
