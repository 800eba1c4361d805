package dev.fettle.strategies.basic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.strategies.basic.parallelization.ChainParallelization;
import dev.fettle.strategies.basic.pruning.DuplicateNodeMerging;
import dev.fettle.strategies.basic.pruning.FailingNodePruning;
import dev.fettle.strategies.basic.pruning.UnusedNodePruning;
import dev.fettle.strategies.basic.toolselection.ToolSubstitution;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.Profiles;
import dev.fettle.testkit.workflow.RandomWorkflows;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import dev.fettle.testkit.workflow.WorkflowText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class AllStrategiesTest {
    private static final int WORKFLOWS = 50;
    private static final ToolTrials TRIALS =
            (tool, other) -> Optional.of(new ToolTrials.Result(20, 20, Amount.factor(0.5, 0.4, 0.6), 0));

    private static StrategyTester tester(OptimizationStrategy strategy, Workflow workflow) {
        WorkflowSimulator simulator = WorkflowSimulator.of(workflow);
        StrategyTester tester = StrategyTester.of(strategy)
                .on(workflow)
                .with(Profiles.of(simulator.traces(6)))
                .trials(TRIALS);
        for (Node node : workflow.allNodes()) {
            for (String type : List.of(
                    BottleneckTypes.UNUSED_OUTPUT,
                    BottleneckTypes.REDUNDANT_NODE,
                    BottleneckTypes.SLOW_NODE,
                    BottleneckTypes.UNRELIABLE_NODE)) {
                tester = tester.bottleneck(type, node.id());
            }
        }
        return tester;
    }

    @Test
    void unusedNodesDuplicatesAndBlocksKeepWhatAWorkflowComputes() {
        for (OptimizationStrategy strategy :
                List.of(new UnusedNodePruning(), new DuplicateNodeMerging(), new ChainParallelization())) {
            int suggested = 0;
            for (long seed = 0; seed < WORKFLOWS; seed++) {
                Workflow workflow = RandomWorkflows.generate(seed, 8);
                StrategyTester tester = tester(strategy, workflow);
                for (Suggestion suggestion : tester.suggestions()) {
                    suggested++;
                    assertSameOutputs(workflow, tester.apply(suggestion.changes()), suggestion.id());
                }
            }
            assertThat(suggested).as(strategy.name()).isGreaterThan(5);
        }
    }

    @Test
    void anySubsetOfSuggestionsGivesAWellFormedWorkflowOrAReason() {
        int refused = 0;
        for (long seed = 0; seed < WORKFLOWS; seed++) {
            Workflow workflow = RandomWorkflows.generate(seed, 8);
            List<Suggestion> all = new ArrayList<>();
            for (OptimizationStrategy strategy : strategies()) {
                all.addAll(tester(strategy, workflow).suggestions());
            }
            Collections.shuffle(all, new Random(seed));
            Workflow current = workflow;
            boolean sameTools = true;
            for (Suggestion suggestion : all) {
                ChangeResult result = WorkflowChange.applyAll(current, suggestion.changes());
                if (result instanceof ChangeResult.Applied applied) {
                    assertThat(WorkflowCheck.problems(applied.workflow())).isEmpty();
                    current = applied.workflow();
                    sameTools &= !suggestion.strategy().equals("select-tool");
                } else {
                    refused++;
                }
            }
            assertThat(current.outputs()).isEqualTo(workflow.outputs());
            if (sameTools) {
                assertSameOutputs(workflow, current, "all suggestions together");
            }
        }
        assertThat(refused).isPositive();
    }

    /** In some runs, by symbolic values. Another tool writes other symbols, and so cannot be compared. */
    private static void assertSameOutputs(Workflow before, Workflow after, String what) {
        for (long run = 0; run < 5; run++) {
            assertThat(WorkflowSimulator.of(after).run(run).output(after))
                    .as(what + "\n" + WorkflowText.difference(before, after))
                    .isEqualTo(WorkflowSimulator.of(before).run(run).output(before));
        }
    }

    @Test
    void workflowsOfUnknownStateAndEffectsGetNoSuggestion() {
        for (long seed = 0; seed < WORKFLOWS; seed++) {
            Workflow known = RandomWorkflows.generate(seed, 5);
            Workflow workflow = known;
            for (Node node : known.allNodes()) {
                if (node.members().isEmpty()) {
                    workflow = workflow.mapNode(node.id(), before -> Node.builder(before.id(), before.body())
                            .tools(before.tools())
                            .build());
                }
            }
            workflow = new Workflow(
                    workflow.id(),
                    workflow.entry(),
                    workflow.inputs(),
                    workflow.outputs(),
                    workflow.nodes(),
                    workflow.edges(),
                    workflow.tools().stream()
                            .map(tool -> ToolSpec.unknown(tool.name()))
                            .toList(),
                    true);
            for (OptimizationStrategy strategy : strategies()) {
                tester(strategy, workflow).doesNotFire();
            }
        }
    }

    @Test
    void eachStrategyIsFoundByTheServiceLoader() {
        assertThat(strategies())
                .extracting(OptimizationStrategy::name)
                .containsExactlyInAnyOrder(
                        "prune-failing", "prune-unused", "merge-duplicates", "parallelize", "select-tool");
        assertThat(strategies())
                .hasAtLeastOneElementOfType(FailingNodePruning.class)
                .hasAtLeastOneElementOfType(ToolSubstitution.class);
    }

    private static List<OptimizationStrategy> strategies() {
        List<OptimizationStrategy> strategies = new ArrayList<>();
        ServiceLoader.load(OptimizationStrategy.class, AllStrategiesTest.class.getClassLoader())
                .forEach(strategies::add);
        return strategies;
    }
}
