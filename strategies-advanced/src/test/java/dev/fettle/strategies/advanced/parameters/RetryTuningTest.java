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

class RetryTuningTest {

    private static Workflow workflow(Effects effects, int attempts) {
        Policies retry = Policies.NONE.withRetry(new Policies.Retry(attempts, Duration.ofMillis(500)));
        return WorkflowBuilder.workflow("w")
                .outputs("page")
                .function(
                        "fetch", n -> n.writes("page").effects(effects).policies(attempts == 1 ? Policies.NONE : retry))
                .build();
    }

    /** Twenty runs; every fifth fails. */
    private static List<ExecutionTrace> runs(String error) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            boolean fails = run % 5 == 0;
            traces.add(TraceBuilder.run("run-" + run)
                    .of("w")
                    .ran("fetch", o -> {
                        if (fails) {
                            o.failed(error);
                        }
                    })
                    .build());
        }
        return traces;
    }

    private static StrategyTester tester(Workflow workflow, String error) {
        return StrategyTester.of(new RetryTuning())
                .on(workflow)
                .with(runs(error))
                .bottleneck(BottleneckTypes.UNRELIABLE_NODE, "fetch");
    }

    @Test
    void whatFailsForAPassingReasonIsTriedAgain() {
        var suggestion =
                tester(workflow(Effects.NONE, 1), "HttpTimeoutException").suggests(workflow(Effects.NONE, 3));

        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(suggestion.reason()).contains("4 of 4").contains("3 attempts leave about 0.008");
    }

    @Test
    void idempotentEffectsAreARisk() {
        assertThat(tester(workflow(Effects.IDEMPOTENT, 1), "RateLimited")
                        .suggestion()
                        .risk())
                .isEqualTo(RiskLevel.MEDIUM);
    }

    @Test
    void lastingTroubleIsNotTriedAgain() {
        tester(workflow(Effects.NONE, 1), "FileNotFound").doesNotFire("have the name of a passing trouble");
    }

    @Test
    void effectsAreNotRepeatedAndEnoughRetriesAreKept() {
        tester(workflow(Effects.EXTERNAL, 1), "RateLimited").doesNotFire();
        tester(workflow(Effects.NONE, 3), "RateLimited").doesNotFire("has as many attempts already");
    }
}
