package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Workflow;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private static Bench arithmetic() {
        return new Bench()
                .node("double", context -> Map.of("y", Bench.number(context, "x") * 2))
                .node("add", context -> Map.of("z", Bench.number(context, "y") + 1));
    }

    private static Workflow twoNodes() {
        return Bench.chain(
                Set.of("x"),
                Set.of("z"),
                Bench.function("double", List.of("x"), List.of("y")).build(),
                Bench.function("add", List.of("y"), List.of("z")).build());
    }

    @Test
    void nodesInAChainSeeWhatEarlierNodesWrote() {
        ExecutionResult result = arithmetic().run(twoNodes(), Map.of("x", 20));

        assertThat(result.error()).isNull();
        assertThat(result.output()).containsExactly(Map.entry("z", 41));
        assertThat(result.state()).containsEntry("x", 20).containsEntry("y", 40);
    }

    @Test
    void theTraceHoldsEachNodeWithTimesAndHashesThatLinkWritesToReads() {
        ExecutionResult result = arithmetic().run(twoNodes(), Map.of("x", 20));

        NodeOccurrence first = Bench.occurrence(result, "double");
        NodeOccurrence second = Bench.occurrence(result, "add");
        assertThat(result.trace().status()).isEqualTo(Status.OK);
        assertThat(result.trace().occurrences()).containsExactly(first, second);
        assertThat(second.start()).isGreaterThanOrEqualTo(first.end());
        assertThat(result.trace().wallClock()).isGreaterThanOrEqualTo(second.end());
        assertThat(second.readHashes()).isEqualTo(first.writeHashes());
        assertThat(first.cpu()).isNotNull();
        assertThat(first.memoryBytes()).isNotNull().isPositive();
        assertThat(result.trace().inputHash()).hasSize(32);
    }

    @Test
    void aNodeSeesOnlyWhatItDeclaresToRead() {
        Bench bench = new Bench()
                .node(
                        "look",
                        context -> Map.of("seen", List.copyOf(context.state().keySet())));
        Workflow workflow = Bench.chain(
                Set.of("a", "b"),
                Set.of("seen"),
                Bench.function("look", List.of("b"), List.of("seen")).build());

        assertThat(bench.run(workflow, Map.of("a", 1, "b", 2)).output()).containsEntry("seen", List.of("b"));
    }

    @Test
    void writingAnUndeclaredKeyFailsTheNodeAndNamesTheKey() {
        Bench bench = new Bench().node("stray", context -> Map.of("other", 1));
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of("out"),
                Bench.function("stray", List.of(), List.of("out")).build());

        ExecutionResult result = bench.run(workflow, Map.of());

        assertThat(result.error()).contains("(stray)").contains("(other)").contains("[out]");
        assertThat(Bench.occurrence(result, "stray").status()).isEqualTo(Status.ERROR);
        assertThat(Bench.occurrence(result, "stray").errorType()).isEqualTo("UndeclaredWriteException");
    }

    @Test
    void aValueThatIsNotJsonFailsTheNodeAndNamesThePlace() {
        Bench bench = new Bench().node("paths", context -> Map.of("out", Map.of("files", List.of("a", Path.of("b")))));
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of("out"),
                Bench.function("paths", List.of(), List.of("out")).build());

        assertThat(bench.run(workflow, Map.of()).error())
                .contains("(paths)")
                .contains("(out)")
                .contains(".files[1]")
                .contains("Path");
    }

    @Test
    void jsonNullPassesThroughTheState() {
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("y", null);
        Bench bench = new Bench()
                .node("none", context -> nothing)
                .node(
                        "look",
                        context -> Map.of(
                                "z",
                                context.state().containsKey("y")
                                        && context.state().get("y") == null));
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of("y", "z"),
                Bench.function("none", List.of(), List.of("y")).build(),
                Bench.function("look", List.of("y"), List.of("z")).build());

        ExecutionResult result = bench.run(workflow, Map.of());

        assertThat(result.error()).isNull();
        assertThat(result.output()).containsEntry("z", true).containsEntry("y", null);
    }

    @Test
    void aFailingNodeGivesAResultWithTheErrorAndWhatRanBefore() {
        Bench bench = arithmetic().node("add", context -> {
            throw new IllegalStateException("out of sums");
        });

        ExecutionResult result = bench.run(twoNodes(), Map.of("x", 1));

        assertThat(result.error())
                .contains("(add)")
                .contains("IllegalStateException")
                .contains("out of sums");
        assertThat(result.trace().status()).isEqualTo(Status.ERROR);
        assertThat(result.state()).containsEntry("y", 2).doesNotContainKey("z");
        assertThat(Bench.occurrence(result, "add").errorType()).isEqualTo("IllegalStateException");
    }

    @Test
    void copiesReceiveTheWrittenValueAndAreNotShownToTheRunner() {
        Bench bench = new Bench().node("one", context -> Map.of("a", context.writes()));
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of("a", "b"),
                Bench.function("one", List.of(), List.of("a", "b"))
                        .copies(Map.of("b", "a"))
                        .build());

        assertThat(bench.run(workflow, Map.of()).output())
                .containsEntry("a", List.of("a"))
                .containsEntry("b", List.of("a"));
    }

    @Test
    void inputThatDoesNotFitIsRefusedWithTheKeys() {
        assertThatThrownBy(() -> arithmetic().run(twoNodes(), Map.of("X", 1)))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("[X]")
                .hasMessageContaining("[x]");
    }

    @Test
    void manyStepsDoNotReachAHiddenLimit() {
        int length = 400;
        Bench bench = new Bench();
        dev.fettle.api.workflow.Node[] nodes = new dev.fettle.api.workflow.Node[length];
        for (int i = 0; i < length; i++) {
            String to = "k" + (i + 1);
            String from = "k" + i;
            bench.node("n" + i, context -> Map.of(to, Bench.number(context, from) + 1));
            nodes[i] = Bench.function("n" + i, List.of(from), List.of(to)).build();
        }
        Workflow workflow = Bench.chain(Set.of("k0"), Set.of("k" + length), nodes);

        assertThat(bench.run(workflow, Map.of("k0", 0)).output()).containsEntry("k" + length, length);
    }

    @Test
    void namesThatTheGraphLibraryReservesCanBeUsed() {
        Bench bench =
                new Bench().node("__START__", context -> Map.of("a", 1)).node("__END__", context -> Map.of("b", 2));
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of("a", "b"),
                Bench.function("__START__", List.of(), List.of("a")).build(),
                Bench.function("__END__", List.of(), List.of("b")).build());

        assertThat(bench.run(workflow, Map.of()).output()).isEqualTo(Map.of("a", 1, "b", 2));
    }
}
