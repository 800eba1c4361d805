package dev.fettle.strategies.basic.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.SampleWorkflows;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DuplicateNodeMergingTest {
    private static StrategyTester tester(Workflow workflow) {
        return StrategyTester.of(new DuplicateNodeMerging())
                .on(workflow)
                .with(WorkflowSimulator.of(workflow).traces(10))
                .bottleneck(BottleneckTypes.REDUNDANT_NODE, "parse_again", "parse");
    }

    @Test
    void letsOneOfTwoEqualNodesWriteForBoth() {
        Workflow merged = WorkflowBuilder.workflow("duplicate-nodes")
                .inputs("files")
                .outputs("report")
                .function("parse", n -> n.reads("files").writes("tree", "tree2").copy("tree2", "tree"))
                .function("style", n -> n.reads("tree").writes("issues"))
                .function("report", n -> n.reads("issues", "tree2").writes("report"))
                .build();
        Suggestion suggestion = tester(SampleWorkflows.duplicateNodes()).suggests(merged);
        assertThat(suggestion.id()).isEqualTo("merge-duplicates:parse+parse_again");
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(suggestion.recommendation()).isEqualTo(Recommendation.AB_TEST);
    }

    @Test
    void saysHowOftenRecordedOutputsWereEqual() {
        Suggestion suggestion = tester(SampleWorkflows.duplicateNodes()).suggestion();
        assertThat(suggestion.evidence().get(0).text()).contains("equal in 10 of 10 (95 % interval 0.72-1.00)");
        assertThat(suggestion.confidence()).isBetween(0.7, 0.75);
    }

    @Test
    void isLessSureWhereNoOutputsWereRecorded() {
        ExecutionTrace bare =
                TraceBuilder.run("r").ran("parse").ran("parse_again").build();
        Suggestion suggestion =
                tester(SampleWorkflows.duplicateNodes()).with(List.of(bare)).suggestion();
        assertThat(suggestion.confidence()).isEqualTo(0.5);
        assertThat(suggestion.evidence().get(0).text()).contains("no outputs were recorded");
    }

    @Test
    void saysNothingWhereRecordedOutputsDiffered() {
        ExecutionTrace differing = TraceBuilder.run("r")
                .ran("parse", o -> o.read("files", "f").wrote("tree", "x"))
                .ran("parse_again", o -> o.read("files", "f").wrote("tree2", "y"))
                .build();
        tester(SampleWorkflows.duplicateNodes()).with(List.of(differing)).doesNotFire("recorded results differ");
    }

    @Test
    void comparesOnlyRunsOnEqualInputs() {
        ExecutionTrace otherInput = TraceBuilder.run("r")
                .ran("parse", o -> o.read("files", "f").wrote("tree", "x"))
                .ran("parse_again", o -> o.read("files", "g").wrote("tree2", "y"))
                .build();
        Suggestion suggestion = tester(SampleWorkflows.duplicateNodes())
                .with(List.of(otherInput))
                .suggestion();
        assertThat(suggestion.evidence().get(0).count()).isZero();
    }

    @Test
    void wantsComparedOutputsOfAgents() {
        Workflow agents = WorkflowBuilder.workflow("agents")
                .inputs("files")
                .outputs("tree", "tree2")
                .agent("parse", n -> n.prompt("p").reads("files").writes("tree"))
                .agent("parse_again", n -> n.prompt("p").reads("files").writes("tree2"))
                .build();
        ExecutionTrace bare =
                TraceBuilder.run("r").ran("parse").ran("parse_again").build();
        tester(agents).with(List.of(bare)).doesNotFire("agents without recorded results");
        tester(agents).suggestion();
    }

    @Test
    void leavesNodesAloneThatDoDifferentThings() {
        Workflow different = WorkflowBuilder.workflow("different")
                .inputs("files")
                .outputs("tree", "tree2")
                .function("parse", n -> n.reads("files").writes("tree"))
                .function("parse_again", n -> n.reads("files").writes("tree2"))
                .build();
        tester(different).doesNotFire("no other node is declared to do the same");
    }

    @Test
    void leavesThemAloneWhereTheirInputChangesInBetween() {
        Workflow changing = WorkflowBuilder.workflow("changing")
                .inputs("files")
                .outputs("tree", "tree2")
                .function("parse", n -> n.reads("files").writes("tree"))
                .function("edit", n -> n.reads("tree").writes("files"))
                .function("parse_again", n -> n.runner("parse").reads("files").writes("tree2"))
                .build();
        tester(changing).doesNotFire();
    }
}
