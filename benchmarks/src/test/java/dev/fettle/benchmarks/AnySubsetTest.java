package dev.fettle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.strategies.team.detect.TeamBottlenecks;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.Profiles;
import dev.fettle.testkit.workflow.RandomTeams;
import dev.fettle.testkit.workflow.RandomWorkflows;
import dev.fettle.testkit.workflow.SimulatedRun;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnySubsetTest {
    private static final int WORKFLOWS = 60;

    private static Set<String> types() {
        Set<String> types = new TreeSet<>();
        for (Class<?> names : List.of(BottleneckTypes.class, TeamBottlenecks.class)) {
            for (Field field : names.getFields()) {
                try {
                    types.add(String.valueOf(field.get(null)));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return types;
    }

    /** Where both runs take the same way, they end with the same keys. Another tool's answer may lead another way. */
    private static void assertSameFinalKeys(Workflow before, Workflow after, long seed) {
        SimulatedRun old = WorkflowSimulator.of(before).run(seed);
        SimulatedRun changed = WorkflowSimulator.of(after).run(seed);
        if (choices(old).equals(choices(changed))) {
            assertThat(changed.output(after).keySet())
                    .isEqualTo(old.output(before).keySet());
        }
    }

    private static List<String> choices(SimulatedRun run) {
        return run.trace().occurrences().stream()
                .filter(occurrence -> occurrence.label() != null)
                .map(occurrence -> occurrence.node() + "=" + occurrence.label())
                .toList();
    }

    /** Every type of bottleneck at every node and tool. */
    private static List<Bottleneck> bottlenecks(Workflow workflow) {
        List<Bottleneck> bottlenecks = new ArrayList<>();
        for (String type : types()) {
            workflow.allNodes().forEach(node -> bottlenecks.add(bottleneck(type, node.id(), null)));
            workflow.tools().forEach(tool -> bottlenecks.add(bottleneck(type, null, tool.name())));
        }
        return bottlenecks;
    }

    private static Bottleneck bottleneck(String type, @Nullable String node, @Nullable String tool) {
        Evidence evidence = new Evidence("stated by a test", 1, 1, 1, 1);
        return new Bottleneck(type, Severity.MEDIUM, node, tool, List.of(), "test", 1, 1, evidence, "");
    }

    private static List<Suggestion> suggestions(
            OptimizationStrategy strategy, Workflow workflow, List<ExecutionTrace> runs, List<Bottleneck> bottlenecks) {
        StrategyTester tester =
                StrategyTester.of(strategy).on(workflow).with(Profiles.of(runs)).models(DetailedRuns.PRICES);
        for (Bottleneck bottleneck : bottlenecks) {
            tester = strategy.appliesTo(bottleneck) ? tester.bottleneck(bottleneck) : tester;
        }
        List<Suggestion> suggestions = tester.suggestions();
        if (suggestions.isEmpty() && bottlenecks.stream().anyMatch(strategy::appliesTo)) {
            // whoever is silent says why
            tester.doesNotFire("");
        }
        return suggestions;
    }

    @Test
    void anySubsetOfTheSuggestionsOfAllStrategiesGivesAWellFormedWorkflowOrAReason() {
        Set<String> strategies = new TreeSet<>();
        Set<String> fired = new TreeSet<>();
        int refused = 0;
        for (long seed = 0; seed < WORKFLOWS; seed++) {
            Workflow plain = RandomWorkflows.generate(seed, 8);
            Workflow workflow = DetailedRuns.detailed(seed % 2 == 0 ? plain : RandomTeams.in(plain, seed));
            assertThat(WorkflowCheck.problems(workflow)).isEmpty();
            List<ExecutionTrace> runs = DetailedRuns.of(workflow, seed);
            List<Bottleneck> bottlenecks = bottlenecks(workflow);
            List<Suggestion> all = new ArrayList<>();
            for (OptimizationStrategy strategy : ServiceLoader.load(OptimizationStrategy.class)) {
                strategies.add(strategy.name());
                all.addAll(suggestions(strategy, workflow, runs, bottlenecks));
            }
            Random random = new Random(seed);
            for (int subset = 0; subset < 4; subset++) {
                Collections.shuffle(all, random);
                Workflow current = workflow;
                for (Suggestion suggestion : all.subList(0, random.nextInt(all.size() + 1))) {
                    ChangeResult result = WorkflowChange.applyAll(current, suggestion.changes());
                    if (result instanceof ChangeResult.Applied applied) {
                        current = applied.workflow();
                        fired.add(suggestion.strategy());
                        assertThat(WorkflowCheck.problems(current))
                                .as(suggestion.id())
                                .isEmpty();
                    } else if (result instanceof ChangeResult.Refused reason) {
                        refused++;
                        assertThat(reason.reason()).as(suggestion.id()).isNotBlank();
                    }
                }
                assertThat(current.outputs()).isEqualTo(workflow.outputs());
                assertSameFinalKeys(workflow, current, seed);
            }
        }
        assertThat(fired).isEqualTo(strategies);
        assertThat(refused).isPositive();
    }
}
