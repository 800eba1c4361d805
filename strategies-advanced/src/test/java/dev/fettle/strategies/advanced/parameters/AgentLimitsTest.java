package dev.fettle.strategies.advanced.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits on model calls, tool calls and answers, which follow one rule. */
class AgentLimitsTest {

    static Stream<Arguments> strategies() {
        return Stream.of(
                Arguments.of(new IterationLimit(), AgentParameters.MAX_ITERATIONS, 5, 6L),
                Arguments.of(new ToolBudget(), AgentParameters.TOOL_BUDGET, 10, 12L),
                Arguments.of(new AnswerLimit(), AgentParameters.MAX_TOKENS, 500, 600L));
    }

    private static Workflow workflow(String parameter, long value) {
        return WorkflowBuilder.workflow("w")
                .outputs("answer")
                .tool("search", tool -> {})
                .agent("ask", n -> {
                    n.writes("answer").tools("search");
                    if (value > 0) {
                        n.parameter(parameter, value);
                    }
                })
                .build();
    }

    /** Successes with 5 model calls of 500 tokens and 10 tool calls; more of everything where they fail. */
    private static List<ExecutionTrace> runs(int successes, int failures, int factor) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < successes + failures; run++) {
            boolean fails = run >= successes;
            int times = fails ? factor : 1;
            traces.add(TraceBuilder.run("run-" + run)
                    .of("w")
                    .ran("ask", o -> {
                        for (int i = 0; i < 5 * times; i++) {
                            o.modelCall("big", 100, 500L * times);
                        }
                        for (int i = 0; i < 10 * times; i++) {
                            o.toolCall("search", "a" + i, "r", 0.01);
                        }
                        if (fails) {
                            o.failed("GaveUp");
                        }
                    })
                    .build());
        }
        return traces;
    }

    private static StrategyTester tester(
            OptimizationStrategy strategy, Workflow workflow, List<ExecutionTrace> traces) {
        return StrategyTester.of(strategy).on(workflow).with(traces).bottleneck(BottleneckTypes.UNRELIABLE_NODE, "ask");
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void failuresThatUseMoreThanAnySuccessAreCut(
            OptimizationStrategy strategy, String parameter, int needed, long limit) {
        var suggestion =
                tester(strategy, workflow(parameter, 0), runs(25, 3, 3)).suggests(workflow(parameter, limit));

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(suggestion.reason())
                .contains("no success of 25 needed more than " + needed)
                .contains("3 failures used up to " + 3 * needed);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void withoutSuchFailuresNothingIsSaid(OptimizationStrategy strategy, String parameter, int needed, long limit) {
        tester(strategy, workflow(parameter, 0), runs(25, 3, 1)).doesNotFire("fewer than 2 failures used more");
        tester(strategy, workflow(parameter, 0), runs(25, 0, 3)).doesNotFire();
        tester(strategy, workflow(parameter, 0), runs(10, 3, 3)).doesNotFire("fewer than 20 recorded successes");
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aLimitIsNeverRaised(OptimizationStrategy strategy, String parameter, int needed, long limit) {
        tester(strategy, workflow(parameter, needed), runs(25, 3, 3)).doesNotFire();
    }
}
