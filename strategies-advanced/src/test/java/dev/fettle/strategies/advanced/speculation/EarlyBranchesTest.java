package dev.fettle.strategies.advanced.speculation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyBranchesTest {

    private static Workflow workflow(Effects effects, boolean needsDecision) {
        return WorkflowBuilder.workflow("w")
                .inputs("text")
                .outputs("answer")
                .condition("hard", n -> n.reads("text").writes("score"))
                .function("deep", n -> n.reads(needsDecision ? "score" : "text")
                        .writes("answer")
                        .effects(effects))
                .function("quick", n -> n.reads(needsDecision ? "score" : "text")
                        .writes("answer")
                        .effects(effects))
                .when("hard", "yes", "deep")
                .when("hard", "no", "quick")
                .build();
    }

    private static List<ExecutionTrace> runs(double deciding) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            String branch = run % 4 == 0 ? "deep" : "quick";
            double usd = run % 4 == 0 ? 0.4 : 0.1;
            traces.add(TraceBuilder.run("run-" + run)
                    .of("w")
                    .ran("hard", o -> o.seconds(deciding))
                    .ran(branch, o -> o.seconds(4)
                            .toolCall(new ToolCall(
                                    "t",
                                    null,
                                    null,
                                    Duration.ZERO,
                                    Duration.ofSeconds(1),
                                    Status.OK,
                                    null,
                                    null,
                                    usd,
                                    null)))
                    .build());
        }
        return traces;
    }

    private static StrategyTester tester(Workflow workflow, List<ExecutionTrace> traces) {
        return StrategyTester.of(new EarlyBranches())
                .on(workflow)
                .with(traces)
                .bottleneck(BottleneckTypes.DOMINANT_NODE, "deep");
    }

    @Test
    void bothBranchesStartWhileTheConditionDecides() {
        Workflow expected = workflow(Effects.NONE, false).mapNode("hard", node -> node.toBuilder()
                .policies(Policies.NONE.withSpeculation(new Policies.Speculation(List.of("deep", "quick"))))
                .build());

        var suggestion = tester(workflow(Effects.NONE, false), runs(2)).suggests(expected);

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        // half of what each takes is spent when it is decided: 0.2 in three quarters of the cases, 0.05 in one quarter
        assertThat(suggestion.outcomes()).singleElement().satisfies(outcome -> assertThat(
                        outcome.usd().value())
                .isCloseTo(0.75 * 0.2 + 0.25 * 0.05, within(1e-9)));
        assertThat(suggestion.evidence().get(0).text()).contains("0.163 USD a decision");
    }

    @Test
    void branchesWithEffectsWait() {
        tester(workflow(Effects.EXTERNAL, false), runs(2)).doesNotFire();
        tester(workflow(Effects.IDEMPOTENT, false), runs(2)).doesNotFire();
    }

    @Test
    void branchesThatNeedWhatTheConditionWritesWait() {
        tester(workflow(Effects.NONE, true), runs(2)).doesNotFire("none of its branches may start early");
    }

    @Test
    void aQuickDecisionIsWaitedFor() {
        tester(workflow(Effects.NONE, false), runs(0.01)).doesNotFire("decides within 0.1 s");
    }
}
