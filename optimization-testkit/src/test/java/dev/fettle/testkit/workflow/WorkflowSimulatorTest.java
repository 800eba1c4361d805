package dev.fettle.testkit.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class WorkflowSimulatorTest {
    @Test
    void nodesThatDoTheSameOnEqualValuesWriteEqualValues() {
        SimulatedRun run =
                WorkflowSimulator.of(SampleWorkflows.duplicateNodes()).run(1);
        assertThat(run.state().get("tree")).isEqualTo(run.state().get("tree2"));
        assertThat(run.state().get("issues")).isNotEqualTo(run.state().get("tree"));
    }

    @Test
    void theSeedDecidesTheInputsAndSoTheOutputs() {
        Workflow workflow = SampleWorkflows.independentChecks();
        WorkflowSimulator simulator = WorkflowSimulator.of(workflow);
        assertThat(simulator.run(1)).isEqualTo(simulator.run(1));
        assertThat(simulator.run(1).output(workflow))
                .isNotEqualTo(simulator.run(2).output(workflow));
    }

    @Test
    void bothBranchesAreTakenInSomeRuns() {
        WorkflowSimulator simulator = WorkflowSimulator.of(SampleWorkflows.branches());
        List<List<String>> paths = LongStream.range(0, 20)
                .mapToObj(seed -> nodes(simulator.run(seed).trace()))
                .distinct()
                .toList();
        assertThat(paths)
                .containsExactlyInAnyOrder(
                        List.of("classify", "gate", "think", "answer"),
                        List.of("classify", "gate", "look_up", "answer"));
    }

    @Test
    void loopsEndAtTheirLimit() {
        WorkflowSimulator simulator = WorkflowSimulator.of(SampleWorkflows.loop());
        List<Long> drafts = LongStream.range(0, 200)
                .mapToObj(seed -> nodes(simulator.run(seed).trace()).stream()
                        .filter("draft"::equals)
                        .count())
                .distinct()
                .sorted()
                .toList();
        assertThat(drafts).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void membersOfABlockStartWhenWhatTheyReadIsThere() {
        Workflow block = WorkflowBuilder.workflow("block")
                .inputs("q")
                .parallel("p", p -> p.function("a", n -> n.reads("q").writes("x"))
                        .function("b", n -> n.reads("q").writes("y"))
                        .function("c", n -> n.reads("x").writes("z")))
                .build();
        ExecutionTrace trace = WorkflowSimulator.of(block).run(3).trace();
        NodeOccurrence a = occurrence(trace, "a");
        assertThat(occurrence(trace, "b").start()).isEqualTo(Duration.ZERO);
        assertThat(occurrence(trace, "c").start()).isEqualTo(a.end());
        assertThat(trace.occurrences().get(0).node()).isEqualTo("p");
        assertThat(a.parent()).isEqualTo("p#0");
    }

    private static NodeOccurrence occurrence(ExecutionTrace trace, String node) {
        return trace.occurrences().stream()
                .filter(o -> o.node().equals(node))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> nodes(ExecutionTrace trace) {
        return trace.occurrences().stream().map(NodeOccurrence::node).toList();
    }
}
