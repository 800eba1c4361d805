package dev.fettle.strategies.basic.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.SampleWorkflows;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FailingNodePruningTest {
    private static List<ExecutionTrace> traces(String node, int failures, int successes) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int i = 0; i < failures + successes; i++) {
            boolean fails = i < failures;
            traces.add(TraceBuilder.run("run-" + i)
                    .ran(node, o -> {
                        if (fails) {
                            o.failed("TimeoutException");
                        }
                    })
                    .build());
        }
        return traces;
    }

    private static StrategyTester tester(Workflow workflow, String node, int failures, int successes) {
        return StrategyTester.of(new FailingNodePruning())
                .on(workflow)
                .with(traces(node, failures, successes))
                .bottleneck(BottleneckTypes.UNRELIABLE_NODE, node);
    }

    @Test
    void suggestsToTakeOutANodeThatMostlyFails() {
        Workflow without = WorkflowBuilder.workflow("unused-node")
                .inputs("folder")
                .outputs("report")
                .function("read", n -> n.reads("folder").writes("files"))
                .function("report", n -> n.reads("files").writes("report"))
                .build();
        Suggestion suggestion =
                tester(SampleWorkflows.unusedNode(), "lint", 17, 3).suggests("prune-failing:lint", without);
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.HIGH);
        assertThat(suggestion.recommendation()).isEqualTo(Recommendation.MANUAL_REVIEW);
        assertThat(suggestion.confidence()).isGreaterThan(0.99);
        assertThat(suggestion.evidence().get(0).text()).contains("3 of 20").contains("TimeoutException=17");
    }

    @Test
    void isLessSureTheCloserTheRateIsToTheThreshold() {
        double clear =
                tester(SampleWorkflows.unusedNode(), "lint", 17, 3).suggestion().confidence();
        double close =
                tester(SampleWorkflows.unusedNode(), "lint", 11, 9).suggestion().confidence();
        assertThat(close).isBetween(0.5, 0.8).isLessThan(clear);
    }

    @Test
    void leavesANodeAloneThatSucceedsHalfOfTheTime() {
        tester(SampleWorkflows.unusedNode(), "lint", 10, 10).doesNotFire("succeeds in 0.5 of its outcomes or more");
    }

    @Test
    void saysNothingAfterAFewFailures() {
        tester(SampleWorkflows.unusedNode(), "lint", 4, 0).doesNotFire("fewer than 5 outcomes are recorded");
    }

    @Test
    void leavesTheOnlyWriterOfAKeyAloneThatIsRead() {
        tester(SampleWorkflows.unusedNode(), "read", 20, 0).doesNotFire("which (read) writes");
    }

    @Test
    void leavesAConditionAlone() {
        tester(SampleWorkflows.branches(), "gate", 20, 0).doesNotFire();
    }

    @Test
    void leavesANodeAloneWithEffectsThatMustBeKept() {
        Workflow workflow = WorkflowBuilder.workflow("mail")
                .inputs("text")
                .outputs("report")
                .function("send", n -> n.reads("text").writes("sent").effects(Effects.EXTERNAL))
                .function("report", n -> n.reads("text").writes("report"))
                .build();
        tester(workflow, "send", 20, 0).doesNotFire("effects");
    }
}
