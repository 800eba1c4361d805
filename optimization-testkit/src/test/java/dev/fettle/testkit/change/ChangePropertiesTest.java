package dev.fettle.testkit.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.testkit.workflow.RandomWorkflows;
import dev.fettle.testkit.workflow.SimulatedRun;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import dev.fettle.testkit.workflow.WorkflowText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every change on every workflow: well formed or refused, and the same results where that is promised. */
final class ChangePropertiesTest {
    private static final int WORKFLOWS = 250;
    private static final int RUNS = 8;

    @Test
    void anySubsetOfChangesGivesAWellFormedWorkflowOrAReason() {
        int applied = 0;
        int refused = 0;
        for (long seed = 0; seed < WORKFLOWS; seed++) {
            Workflow original = RandomWorkflows.generate(seed, 3 + (int) (seed % 6));
            Workflow current = original;
            for (WorkflowChange change : RandomChanges.some(original, seed)) {
                ChangeResult result = change.apply(current);
                assertThat(change.apply(current)).isEqualTo(result);
                assertThat(change.describe()).isNotBlank();
                if (result instanceof ChangeResult.Refused no) {
                    assertThat(no.reason()).isNotBlank();
                    refused++;
                } else if (result instanceof ChangeResult.Applied yes) {
                    String what = change.describe() + "\n" + WorkflowText.difference(current, yes.workflow());
                    assertThat(WorkflowCheck.problems(yes.workflow())).as(what).isEmpty();
                    assertThat(yes.workflow().outputs()).isEqualTo(original.outputs());
                    assertThat(blocksStateWhatTheirMembersDo(yes.workflow()))
                            .as(what)
                            .isTrue();
                    current = yes.workflow();
                    applied++;
                }
            }
        }
        assertThat(applied).isGreaterThan(WORKFLOWS);
        assertThat(refused).isGreaterThan(WORKFLOWS);
    }

    private static boolean blocksStateWhatTheirMembersDo(Workflow workflow) {
        return workflow.allNodes().stream()
                .filter(node -> !node.members().isEmpty())
                .allMatch(block -> {
                    Set<String> writes = block.members().stream()
                            .flatMap(member -> member.state().writes().stream())
                            .collect(Collectors.toSet());
                    return block.state().writes().equals(writes);
                });
    }

    @Test
    void aBlockComputesWhatTheChainComputed() {
        preserves(RandomChanges::blocks, 100, (before, after) -> {
            assertThat(after.state()).isEqualTo(before.state());
            assertThat(reads(after, Set.of())).containsAll(reads(before, Set.of()));
        });
    }

    @Test
    void whatIsLeftAfterARemovalComputesWhatItComputed() {
        preserves(RandomChanges::removals, 100, null);
    }

    @Test
    void aMergedNodeServesTheReadersOfBoth() {
        preserves(RandomChanges::merges, 10, null);
    }

    private interface Same {
        void check(SimulatedRun before, SimulatedRun after);
    }

    /** Checks all changes of a kind on many workflows, and that at least so many of them could be applied. */
    private static <C extends WorkflowChange> void preserves(
            Function<Workflow, List<C>> changes, int least, @Nullable Same same) {
        int applied = 0;
        for (long seed = 0; seed < WORKFLOWS; seed++) {
            Workflow workflow = RandomWorkflows.generate(seed, 3 + (int) (seed % 6));
            for (C change : changes.apply(workflow)) {
                if (change.apply(workflow) instanceof ChangeResult.Applied result) {
                    applied++;
                    compare(workflow, result.workflow(), change, same);
                }
            }
        }
        assertThat(applied).isGreaterThan(least);
    }

    private static void compare(Workflow before, Workflow after, WorkflowChange change, @Nullable Same same) {
        Set<String> gone = new TreeSet<>(before.nodesById().keySet());
        gone.removeAll(after.nodesById().keySet());
        for (long run = 0; run < RUNS; run++) {
            SimulatedRun first = WorkflowSimulator.of(before).run(run);
            SimulatedRun second = WorkflowSimulator.of(after).run(run);
            String what = before.id() + ", run " + run + ": " + change.describe() + "\n"
                    + WorkflowText.difference(before, after);
            assertThat(second.output(after)).as(what).isEqualTo(first.output(before));
            if (same == null) {
                assertThat(reads(second, blocks(before, after)))
                        .as(what)
                        .isEqualTo(reads(first, union(gone, before, after)));
            } else {
                same.check(first, second);
            }
        }
    }

    private static Set<String> union(Set<String> gone, Workflow before, Workflow after) {
        Set<String> all = new TreeSet<>(gone);
        all.addAll(blocks(before, after));
        return all;
    }

    /** Blocks read what their members do, and may be dissolved: only leaves are compared. */
    private static Set<String> blocks(Workflow before, Workflow after) {
        Set<String> blocks = new TreeSet<>();
        for (Workflow workflow : List.of(before, after)) {
            workflow.allNodes().stream()
                    .filter(node -> !node.members().isEmpty())
                    .map(Node::id)
                    .forEach(blocks::add);
        }
        return blocks;
    }

    /** What each occurrence saw, except those of some nodes, in a fixed order. */
    private static List<String> reads(SimulatedRun run, Set<String> except) {
        List<String> reads = new ArrayList<>();
        for (NodeOccurrence occurrence : run.trace().occurrences()) {
            if (!except.contains(occurrence.node())) {
                reads.add(occurrence.id() + occurrence.label() + new TreeMap<>(occurrence.readHashes()));
            }
        }
        reads.sort(null);
        return reads;
    }
}
