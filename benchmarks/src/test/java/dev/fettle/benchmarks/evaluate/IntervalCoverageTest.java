package dev.fettle.benchmarks.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.benchmarks.policy.GeneratedWorkflow;
import dev.fettle.core.model.Catalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalCoverageTest {
    private static final int WORKFLOWS = 150;
    private static final int RUNS = 24;

    /** Of so many workflows, 85 % come out as 79 % at the least. */
    private static final double LUCK = 0.06;

    @Test
    void intervalsFromOneHalfOfTheRunsHoldForTheOtherHalf() {
        IntervalCoverage coverage = new IntervalCoverage(Catalogue.standard());
        for (int seed = 0; seed < WORKFLOWS; seed++) {
            GeneratedWorkflow workflow = new GeneratedWorkflow(seed, 3 + seed % 6, RUNS);
            List<ExecutionTrace> runs = workflow.runs();
            coverage.add(workflow.workflow(), runs.subList(0, RUNS / 2), runs.subList(RUNS / 2, RUNS));
        }
        assertThat(coverage.duration().cases()).isEqualTo(WORKFLOWS);
        assertThat(coverage.duration().covered()).isBetween(0.85 - LUCK, 0.95 + LUCK / 2);
        assertThat(coverage.cost().covered()).isBetween(0.85 - LUCK, 0.95 + LUCK / 2);
    }
}
