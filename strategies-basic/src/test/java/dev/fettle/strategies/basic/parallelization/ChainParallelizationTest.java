package dev.fettle.strategies.basic.parallelization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.workflow.NodeDraft;
import dev.fettle.testkit.workflow.SampleWorkflows;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ChainParallelizationTest {
    private static StrategyTester tester(Workflow workflow, String node) {
        return StrategyTester.of(new ChainParallelization())
                .on(workflow)
                .with(WorkflowSimulator.of(workflow).traces(10))
                .bottleneck(BottleneckTypes.SLOW_NODE, node);
    }

    @Test
    void runsIndependentNodesAtTheSameTime() {
        Workflow expected = WorkflowBuilder.workflow("independent-checks")
                .inputs("folder")
                .outputs("report")
                .function("read", n -> n.reads("folder").writes("files"))
                .parallel("parallel_count", p -> p.function(
                                "count", n -> n.reads("files").writes("lines"))
                        .function("style", n -> n.reads("files").writes("issues"))
                        .function("todo", n -> n.reads("files").writes("todos")))
                .function("report", n -> n.reads("lines", "issues", "todos").writes("report"))
                .build();
        Suggestion suggestion =
                tester(SampleWorkflows.independentChecks(), "style").suggests(expected);
        assertThat(suggestion.id()).isEqualTo("parallelize:count");
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(suggestion.recommendation()).isEqualTo(Recommendation.AUTOMATIC);
        assertThat(suggestion.action()).isEqualTo("create_parallel_group");
    }

    @Test
    void saysHowLongTheLongestPathIs() {
        Workflow workflow = SampleWorkflows.independentChecks();
        WorkflowSimulator simulator = WorkflowSimulator.of(workflow)
                .seconds("count", 2)
                .seconds("style", 1)
                .seconds("todo", 1);
        Suggestion suggestion =
                tester(workflow, "style").with(simulator.traces(200)).suggestion();
        assertThat(suggestion.evidence().get(0).low()).isBetween(1.9, 2.1);
        assertThat(suggestion.evidence().get(0).text()).contains("200 runs");
    }

    private static Workflow diamond() {
        return WorkflowBuilder.workflow("diamond")
                .inputs("q")
                .outputs("r")
                .function("a", n -> n.reads("q").writes("x"))
                .function("b", n -> n.reads("q").writes("y"))
                .function("c", n -> n.reads("x").writes("z"))
                .function("d", n -> n.reads("q").writes("w"))
                .function("e", n -> n.reads("z", "y", "w").writes("r"))
                .build();
    }

    @Test
    void offersAWholeDataflowBlockOrOnlyItsIndependentGroups() {
        List<Suggestion> suggestions = tester(diamond(), "a").suggestions();
        assertThat(suggestions)
                .extracting(Suggestion::id, Suggestion::targets, Suggestion::risk)
                .containsExactly(
                        tuple("parallelize-groups:a", List.of("a", "b", "c", "d"), RiskLevel.LOW),
                        tuple("parallelize:a", List.of("a", "b", "c", "d"), RiskLevel.MEDIUM));
        assertThat(suggestions).extracting(Suggestion::decision).containsOnly("parallel:a");
        assertThat(suggestions.get(0).changes()).hasSize(2);
    }

    @Test
    void leavesAChainAloneInWhichEachNodeNeedsTheOneBefore() {
        Workflow chain = WorkflowBuilder.workflow("chain")
                .inputs("q")
                .outputs("r")
                .function("a", n -> n.reads("q").writes("x"))
                .function("b", n -> n.reads("x").writes("y"))
                .function("c", n -> n.reads("y").writes("r"))
                .build();
        tester(chain, "b").doesNotFire("b: all its neighbours need it or are needed by it");
    }

    @Test
    void cutsTheChainAtEffectsWhoseOrderMustBeKept() {
        for (Effects effects : new Effects[] {Effects.EXTERNAL, Effects.UNKNOWN}) {
            Workflow workflow = fiveWithMiddle(n -> n.writes("m").effects(effects));
            assertThat(tester(workflow, "a").suggestion().targets()).containsExactly("a", "b");
            assertThat(tester(workflow, "d").suggestion().targets()).containsExactly("d", "e");
        }
    }

    @Test
    void cutsTheChainAtANodeOfUnknownState() {
        Workflow workflow = fiveWithMiddle(NodeDraft::unknownState);
        assertThat(tester(workflow, "a").suggestion().targets()).containsExactly("a", "b");
    }

    @Test
    void cutsTheChainWhereAKeyIsWrittenAgain() {
        Workflow workflow = fiveWithMiddle(n -> n.writes("a"));
        assertThat(tester(workflow, "a").suggestion().targets()).containsExactly("a", "b");
        assertThat(tester(workflow, "d").suggestion().targets()).containsExactly("c", "d", "e");
    }

    @Test
    void idempotentEffectsMakeItAMatterOfMediumRisk() {
        Workflow workflow = fiveWithMiddle(n -> n.writes("m").effects(Effects.IDEMPOTENT));
        Suggestion suggestion = tester(workflow, "a").suggestion();
        assertThat(suggestion.targets()).containsExactly("a", "b", "c", "d", "e");
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(suggestion.recommendation()).isEqualTo(Recommendation.AB_TEST);
    }

    private static Workflow fiveWithMiddle(Consumer<NodeDraft> middle) {
        return WorkflowBuilder.workflow("five")
                .outputs("a", "b", "d", "e")
                .function("a", n -> n.writes("a"))
                .function("b", n -> n.writes("b"))
                .function("c", middle)
                .function("d", n -> n.writes("d"))
                .function("e", n -> n.writes("e"))
                .build();
    }

    @Test
    void staysWithinABranch() {
        Workflow workflow = WorkflowBuilder.workflow("branch")
                .inputs("q")
                .outputs("r")
                .condition("gate", "q")
                .function("a", n -> n.reads("q").writes("x"))
                .function("b", n -> n.reads("q").writes("y"))
                .function("end_of_it", n -> n.reads("q").writes("r"))
                .when("gate", "true", "a")
                .path("a", "b", "end_of_it")
                .when("gate", "false", "end_of_it")
                .build();
        assertThat(tester(workflow, "a").suggestion().targets()).containsExactly("a", "b");
    }

    @Test
    void staysWithinALoop() {
        Workflow workflow = WorkflowBuilder.workflow("in-loop")
                .inputs("q")
                .outputs("x", "y")
                .function("start", n -> n.reads("q").writes("s"))
                .function("a", n -> n.reads("q").writes("x"))
                .function("b", n -> n.reads("q").writes("y"))
                .condition("gate", "x")
                .path("start", "a", "b", "gate")
                .loop("gate", "false", "a", 3)
                .when("gate", "true", Edge.END)
                .build();
        assertThat(tester(workflow, "a").suggestion().targets()).containsExactly("a", "b");
    }

    @Test
    void saysNothingAboutNodesThatWereNeverSeen() {
        StrategyTester.of(new ChainParallelization())
                .on(SampleWorkflows.independentChecks())
                .bottleneck(BottleneckTypes.SLOW_NODE, "style")
                .doesNotFire();
    }

    @Test
    void saysNothingWhereOneNodeTakesAllTheTime() {
        Workflow workflow = SampleWorkflows.independentChecks();
        WorkflowSimulator simulator = WorkflowSimulator.of(workflow)
                .seconds("count", 10)
                .seconds("style", 0.1)
                .seconds("todo", 0.1);
        tester(workflow, "count").with(simulator.traces(10)).doesNotFire("take no less than 0.95 of their time");
    }
}
