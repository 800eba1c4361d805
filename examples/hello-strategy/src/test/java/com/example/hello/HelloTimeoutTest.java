package com.example.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.workflow.SampleWorkflows;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import org.junit.jupiter.api.Test;

class HelloTimeoutTest {
    private static final Workflow WORKFLOW = SampleWorkflows.unusedNode();

    private static StrategyTester tester(int runs) {
        return StrategyTester.of(new HelloTimeout())
                .on(WORKFLOW)
                .with(WorkflowSimulator.of(WORKFLOW).failing("lint", 0.5).traces(runs));
    }

    @Test
    void givesAnUnreliableNodeATimeout() {
        Suggestion suggestion =
                tester(20).bottleneck(BottleneckTypes.UNRELIABLE_NODE, "lint").suggestion();

        Workflow after = tester(20).apply(suggestion.changes());
        assertThat(after.node("lint").orElseThrow().policies().timeout()).isPositive();
    }

    @Test
    void saysNothingAfterAFewRuns() {
        tester(19).bottleneck(BottleneckTypes.UNRELIABLE_NODE, "lint").doesNotFire("seen in fewer than 20 runs");
    }

    @Test
    void saysNothingAboutNodesThatAreOnlySlow() {
        tester(20).bottleneck(BottleneckTypes.SLOW_NODE, "lint").doesNotFire();
    }
}
