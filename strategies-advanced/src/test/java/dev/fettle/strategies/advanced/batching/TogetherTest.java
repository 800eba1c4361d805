package dev.fettle.strategies.advanced.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.OccurrenceDraft;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TogetherTest {

    private static Workflow workflow(boolean batch, Effects effects, Policies policies) {
        return WorkflowBuilder.workflow("w")
                .outputs("vectors")
                .tool("embed", tool -> {
                    tool.effects(effects);
                    if (batch) {
                        tool.batch();
                    }
                })
                .function("index", n -> n.writes("vectors").tools("embed").policies(policies))
                .build();
    }

    private static void call(
            OccurrenceDraft occurrence, int number, double start, double seconds, @Nullable String together) {
        occurrence.toolCall(new ToolCall(
                "embed",
                "a" + number,
                "r" + number,
                Duration.ofNanos(Math.round(start * 1e9)),
                Duration.ofNanos(Math.round(seconds * 1e9)),
                Status.OK,
                null,
                null,
                null,
                null,
                together));
    }

    /** Four calls of a second each, so many seconds apart, asked for at once where they have that in common. */
    private static List<ExecutionTrace> runs(double gap, @Nullable String together) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 10; run++) {
            traces.add(TraceBuilder.run("run-" + run)
                    .of("w")
                    .ran("index", o -> {
                        o.seconds(10);
                        for (int i = 0; i < 4; i++) {
                            call(o, i, i * (1 + gap), 1, together);
                        }
                    })
                    .build());
        }
        return traces;
    }

    private static StrategyTester tester(
            OptimizationStrategy strategy, Workflow workflow, List<ExecutionTrace> traces) {
        return StrategyTester.of(strategy).on(workflow).with(traces).bottleneck(BottleneckTypes.DOMINANT_NODE, "index");
    }

    private static Policies batch(boolean concurrent) {
        return Policies.NONE.withBatch(new Policies.Batch("embed", 4, concurrent));
    }

    @Test
    void callsThatFollowAtOnceGoOutInABatch() {
        var suggestion = tester(new CallBatching(), workflow(true, Effects.NONE, Policies.NONE), runs(0.0001, "one"))
                .suggests(workflow(true, Effects.NONE, batch(false)));

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(suggestion.reason()).contains("40 of 40 calls");
        assertThat(suggestion.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.seconds().value()).isEqualTo(1.5);
            assertThat(outcome.source()).isEqualTo(Source.ASSUMED);
        });
    }

    @Test
    void recordedBatchesSayWhatABatchTakes() {
        List<ExecutionTrace> traces = new ArrayList<>(runs(0.0001, "one"));
        traces.add(TraceBuilder.run("batched")
                .of("w")
                .ran("index", o -> {
                    o.seconds(3);
                    call(o, 1, 0, 2, "other");
                    call(o, 2, 0, 2, "other");
                })
                .build());

        assertThat(tester(new CallBatching(), workflow(true, Effects.NONE, Policies.NONE), traces)
                        .suggestion()
                        .outcomes())
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.seconds().value()).isEqualTo(2);
                    assertThat(outcome.source()).isEqualTo(Source.ESTIMATED);
                });
    }

    @Test
    void callsBetweenWhichTheNodeWorksAreNotBatched() {
        Workflow discovered = discovered(workflow(true, Effects.NONE, Policies.NONE));

        tester(new CallBatching(), discovered, runs(0.5, null)).doesNotFire();
        tester(new ConcurrentItems(), discovered, runs(0.5, null)).doesNotFire();
        assertThat(tester(new ConcurrentItems(), discovered, runs(0.0001, null))
                        .suggestion()
                        .reason())
                .contains("follow each other at once", "where the node's code can ask for them together");
    }

    @Test
    void callsThatCodeMakesOneByOneAreLeftAlone() {
        Workflow workflow = workflow(true, Effects.NONE, Policies.NONE);

        tester(new CallBatching(), workflow, runs(0.0001, null)).doesNotFire();
        tester(new ConcurrentItems(), workflow, runs(0.0001, null))
                .doesNotFire("no run asked for 2 calls or more at once");
    }

    private static Workflow discovered(Workflow workflow) {
        return new Workflow(
                workflow.id(),
                workflow.entry(),
                workflow.inputs(),
                workflow.outputs(),
                workflow.nodes(),
                workflow.edges(),
                workflow.tools(),
                true);
    }

    @Test
    void aToolWithoutABatchFormIsNotBatchedButCalledAtTheSameTime() {
        Workflow plain = workflow(false, Effects.NONE, Policies.NONE);

        tester(new CallBatching(), plain, runs(0.0001, "one")).doesNotFire("declares no batch form");
        tester(new ConcurrentItems(), plain, runs(0.0001, "one")).suggests(workflow(false, Effects.NONE, batch(true)));
    }

    @Test
    void effectsKeepTheirOrder() {
        Workflow writing = workflow(true, Effects.IDEMPOTENT, Policies.NONE);

        tester(new CallBatching(), writing, runs(0.0001, "one")).doesNotFire();
        tester(new ConcurrentItems(), writing, runs(0.0001, "one")).doesNotFire();
    }
}
