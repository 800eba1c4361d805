package dev.fettle.strategies.advanced.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.trace.ExecutionTrace;
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

class TimeoutTuningTest {

    private static Workflow workflow(Effects effects, Policies policies) {
        return WorkflowBuilder.workflow("w")
                .outputs("page")
                .function("fetch", n -> n.writes("page").effects(effects).policies(policies))
                .build();
    }

    private static Policies timeout(long millis) {
        return Policies.NONE.withTimeout(Duration.ofMillis(millis));
    }

    /** A hundred runs of one second, the last ones of a minute. */
    private static List<ExecutionTrace> runs(int hanging, boolean failing) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 100; run++) {
            boolean hangs = run >= 100 - hanging;
            traces.add(TraceBuilder.run("run-" + run)
                    .of("w")
                    .ran("fetch", o -> {
                        o.seconds(hangs ? 60 : 1);
                        if (hangs && failing) {
                            o.failed("Timeout");
                        }
                    })
                    .build());
        }
        return traces;
    }

    private static StrategyTester tester(Workflow workflow, List<ExecutionTrace> traces) {
        return StrategyTester.of(new TimeoutTuning())
                .on(workflow)
                .with(traces)
                .bottleneck(BottleneckTypes.DOMINANT_NODE, "fetch");
    }

    @Test
    void whatHangsIsEndedAfterTheUsualTimeAndAFifth() {
        var suggestion = tester(workflow(Effects.NONE, Policies.NONE), runs(3, true))
                .suggests(workflow(Effects.NONE, timeout(1200)));

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(suggestion.reason()).contains("3 of 100").contains("3 failed");
    }

    @Test
    void slowSuccessesThatWouldBeLostAreARisk() {
        var suggestion =
                tester(workflow(Effects.NONE, Policies.NONE), runs(2, false)).suggestion();

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
    }

    @Test
    void manySlowSuccessesAreNotCut() {
        tester(workflow(Effects.NONE, Policies.NONE), runs(4, false)).doesNotFire("took longer and succeeded");
    }

    @Test
    void aTimeoutIsNeverRaisedNorSetWhereNothingIsCut() {
        tester(workflow(Effects.NONE, timeout(1000)), runs(3, true)).doesNotFire();
        tester(workflow(Effects.NONE, Policies.NONE), runs(0, true)).doesNotFire("no recorded occurrence took longer");
        tester(workflow(Effects.NONE, timeout(5000)), runs(3, true)).suggests(workflow(Effects.NONE, timeout(1200)));
    }

    @Test
    void fewRunsAndEffectsAreLeftAlone() {
        tester(workflow(Effects.NONE, Policies.NONE), runs(3, true).subList(85, 100))
                .doesNotFire();
        tester(workflow(Effects.EXTERNAL, Policies.NONE), runs(3, true)).doesNotFire();
    }
}
