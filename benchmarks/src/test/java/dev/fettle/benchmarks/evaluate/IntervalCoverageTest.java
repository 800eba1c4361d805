package dev.fettle.benchmarks.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.benchmarks.policy.GeneratedWorkflow;
import dev.fettle.core.discover.WorkflowDiscovery;
import dev.fettle.core.model.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

    @Test
    void whatCostsNothingInAnyRunIsNoCase() {
        List<ExecutionTrace> runs =
                IntStream.range(1, 20).mapToObj(IntervalCoverageTest::free).toList();
        WorkflowDiscovery discovery = new WorkflowDiscovery();
        runs.forEach(discovery::add);
        IntervalCoverage coverage = new IntervalCoverage(Catalogue.standard());
        coverage.add(discovery.workflow(), runs, runs);
        assertThat(coverage.duration().cases()).isEqualTo(1);
        assertThat(coverage.cost().cases()).isZero();
    }

    private static ExecutionTrace free(int millis) {
        NodeOccurrence occurrence = NodeOccurrence.builder("1", "compute")
                .duration(Duration.ofMillis(millis))
                .build();
        return new ExecutionTrace(
                "run-" + millis,
                "flow",
                Instant.EPOCH,
                Duration.ofMillis(millis),
                Status.OK,
                true,
                null,
                Map.of(),
                List.of(occurrence));
    }
}
