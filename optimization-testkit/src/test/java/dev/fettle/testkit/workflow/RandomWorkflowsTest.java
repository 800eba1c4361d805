package dev.fettle.testkit.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RandomWorkflowsTest {
    private static final List<Workflow> MANY =
            LongStream.range(0, 500).mapToObj(RandomWorkflows::generate).toList();

    @Test
    void everyGeneratedWorkflowIsWellFormed() {
        assertThat(MANY).allSatisfy(workflow -> assertThat(WorkflowCheck.problems(workflow))
                .as(String.join("\n", WorkflowText.lines(workflow)))
                .isEmpty());
    }

    @Test
    void theSameSeedGivesTheSameWorkflow() {
        for (long seed = 0; seed < 500; seed++) {
            assertThat(RandomWorkflows.generate(seed)).isEqualTo(MANY.get((int) seed));
        }
    }

    @Test
    void allShapesOccur() {
        assertThat(MANY).anyMatch(w -> w.allNodes().stream().anyMatch(n -> n.kind() == NodeKind.CONDITION));
        assertThat(MANY).anyMatch(w -> w.allNodes().stream().anyMatch(n -> n.kind() == NodeKind.PARALLEL));
        assertThat(MANY).anyMatch(w -> w.allNodes().stream().anyMatch(n -> n.effects() == Effects.EXTERNAL));
        assertThat(MANY).anyMatch(w -> w.edges().stream().anyMatch(e -> e.maxTraversals() != null));
        assertThat(MANY).anyMatch(w -> !w.incoming(w.entry()).isEmpty());
        assertThat(MANY).anyMatch(w -> w.nodes().size() > 10);
    }

    @Test
    void sampleWorkflowsAreWellFormed() {
        assertThat(SampleWorkflows.all())
                .allSatisfy(w -> assertThat(WorkflowCheck.problems(w)).isEmpty());
    }
}
