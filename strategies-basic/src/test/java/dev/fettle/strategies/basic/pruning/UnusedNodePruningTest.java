package dev.fettle.strategies.basic.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.workflow.NodeDraft;
import dev.fettle.testkit.workflow.SampleWorkflows;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class UnusedNodePruningTest {
    private static StrategyTester tester(Workflow workflow, String node) {
        return StrategyTester.of(new UnusedNodePruning())
                .on(workflow)
                .with(WorkflowSimulator.of(workflow).traces(10))
                .bottleneck(BottleneckTypes.UNUSED_OUTPUT, node);
    }

    @Test
    void takesOutANodeWhoseResultNobodyReads() {
        Workflow without = WorkflowBuilder.workflow("unused-node")
                .inputs("folder")
                .outputs("report")
                .function("read", n -> n.reads("folder").writes("files"))
                .function("report", n -> n.reads("files").writes("report"))
                .build();
        Suggestion suggestion = tester(SampleWorkflows.unusedNode(), "lint").suggests("prune-unused:lint", without);
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(suggestion.recommendation()).isEqualTo(Recommendation.AUTOMATIC);
        assertThat(suggestion.action()).isEqualTo("remove_node");
        assertThat(suggestion.evidence().get(0).text()).contains("'lint'").contains("10 runs");
    }

    @Test
    void takesOutTheNodesThatOnlyFeedAnUnusedOne() {
        Workflow workflow = WorkflowBuilder.workflow("feeder")
                .inputs("folder")
                .outputs("report")
                .function("tokenize", n -> n.reads("folder").writes("tokens"))
                .function("lint", n -> n.reads("tokens").writes("lint"))
                .function("report", n -> n.reads("folder").writes("report"))
                .build();
        Workflow without = WorkflowBuilder.workflow("feeder")
                .inputs("folder")
                .outputs("report")
                .function("report", n -> n.reads("folder").writes("report"))
                .build();
        assertThat(tester(workflow, "lint").suggests(without).targets()).containsExactly("lint", "tokenize");
    }

    @Test
    void leavesANodeAloneWhoseResultIsRead() {
        tester(SampleWorkflows.unusedNode(), "read")
                .doesNotFire("read: an output or an effect may need what it writes");
    }

    @Test
    void leavesANodeAloneThatNoBottleneckNames() {
        Workflow workflow = SampleWorkflows.unusedNode();
        StrategyTester.of(new UnusedNodePruning())
                .on(workflow)
                .with(WorkflowSimulator.of(workflow).traces(10))
                .doesNotFire();
    }

    @Test
    void leavesNodesWithEffectsAlone() {
        for (Effects effects : new Effects[] {Effects.IDEMPOTENT, Effects.EXTERNAL, Effects.UNKNOWN}) {
            tester(withLint(n -> n.effects(effects)), "lint").doesNotFire();
        }
    }

    @Test
    void leavesANodeAloneWhoseToolHasEffects() {
        tester(withLint(n -> n.tools("send")), "lint").doesNotFire();
    }

    @Test
    void saysNothingWhereAnyNodeMayReadAnything() {
        Workflow workflow = WorkflowBuilder.workflow("unknown")
                .outputs("report")
                .function("lint", n -> n.writes("lint"))
                .function("report", NodeDraft::unknownState)
                .buildUnchecked();
        tester(workflow, "lint").doesNotFire();
    }

    @Test
    void saysNothingWhereOutputsAreNotKnown() {
        Workflow workflow = WorkflowBuilder.workflow("no-outputs")
                .function("lint", n -> n.writes("lint"))
                .function("report", n -> n.writes("report"))
                .build();
        tester(workflow, "lint").doesNotFire();
    }

    @Test
    void saysNothingAboutANodeThatWasNeverSeen() {
        StrategyTester.of(new UnusedNodePruning())
                .on(SampleWorkflows.unusedNode())
                .bottleneck(BottleneckTypes.UNUSED_OUTPUT, "lint")
                .doesNotFire();
    }

    private static Workflow withLint(Consumer<NodeDraft> more) {
        return WorkflowBuilder.workflow("effects")
                .inputs("files")
                .outputs("report")
                .tool("send", t -> t.effects(Effects.EXTERNAL))
                .function("lint", n -> more.accept(n.reads("files").writes("lint")))
                .function("report", n -> n.reads("files").writes("report"))
                .build();
    }
}
