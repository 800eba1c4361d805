package dev.fettle.api.change;

import static dev.fettle.api.change.Graph.applied;
import static dev.fettle.api.change.Graph.function;
import static dev.fettle.api.change.Graph.inputs;
import static dev.fettle.api.change.Graph.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MergeNodesTest {
    private static final MergeNodes MERGE = new MergeNodes("a", "b");

    /** A node that does the same as node a. */
    private static Node twin(String id, String reads, String writes) {
        return function(id, reads, writes).toBuilder()
                .body(new NodeBody.Function("a"))
                .build();
    }

    @Test
    void oneNodeWritesTheKeysOfBoth() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .node("a", "q", "x")
                .node(twin("b", "q", "y"))
                .node("c", "x y", "r")
                .build();
        Workflow merged = applied(MERGE, workflow);
        Node kept = merged.node("a").orElseThrow();
        assertThat(merged.nodes()).extracting(Node::id).containsExactly("a", "c");
        assertThat(kept.state().writes()).containsExactly("x", "y");
        assertThat(kept.copies()).isEqualTo(Map.of("y", "x"));
    }

    @Test
    void aBlockStatesTheKeysThatItsMemberWritesFromThenOn() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .block("p", Map.of(), function("a", "q", "x"), function("o", "q", "z"))
                .node(twin("b", "q", "y"))
                .node("c", "x y", "r")
                .build();
        assertThat(applied(MERGE, workflow).nodes().get(0).state().writes()).containsExactly("x", "y", "z");
    }

    @Test
    void refusesNodesThatDoDifferentThings() {
        Workflow workflow = inputs("q")
                .outputs("x", "y")
                .node("a", "q", "x")
                .node("b", "q", "y")
                .build();
        assertThat(refused(MERGE, workflow)).contains("do not do the same");
        assertThat(refused(new MergeNodes("a", "a"), workflow)).contains("do not do the same");
        assertThat(refused(new MergeNodes("a", "z"), workflow)).contains("(z)");
    }

    @Test
    void refusesWhereTheFirstDoesNotAlwaysRun() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .condition("gate", "q")
                .node("a", "q", "x")
                .node(twin("b", "q", "y"))
                .node("c", "y", "r")
                .edge("gate", "a", "true", null)
                .edge("gate", "b", "false", null)
                .path("a", "b", "c")
                .build();
        assertThat(refused(MERGE, workflow)).contains("does not always run before");
    }

    @Test
    void refusesWhereTheSecondDoesNotAlwaysRunAndSomebodyWouldNotice() {
        Graph graph = inputs("q", "y")
                .outputs("r")
                .node("a", "q", "x")
                .condition("gate", "q")
                .node(twin("b", "q", "y"))
                .path("a", "gate")
                .edge("gate", "b", "true", null)
                .edge("gate", "c", "false", null)
                .path("b", "c");
        assertThat(refused(MERGE, graph.node("c", "y", "r").build())).contains("(c) may read (y)");
    }

    @Test
    void refusesWhereAnOutputWouldAppearThatWasNotThere() {
        Workflow workflow = inputs("q")
                .outputs("y")
                .node("a", "q", "x")
                .condition("gate", "q")
                .node(twin("b", "q", "y"))
                .path("a", "gate")
                .edge("gate", "b", "true", null)
                .edge("gate", "end", "false", null)
                .build();
        assertThat(refused(MERGE, workflow)).contains("without (b)");
    }

    @Test
    void refusesWhereTheirInputOrResultChangesInBetween() {
        Workflow input = inputs("q")
                .outputs("x", "y")
                .node("a", "q", "x")
                .node("c", "x", "q")
                .node(twin("b", "q", "y"))
                .build();
        assertThat(refused(MERGE, input)).contains("(c) may change (q)");
        Workflow early = inputs("q", "y")
                .outputs("x", "y", "r")
                .node("a", "q", "x")
                .node("c", "y", "r")
                .node(twin("b", "q", "y"))
                .build();
        assertThat(refused(MERGE, early)).contains("(c) may read (y)");
    }

    @Test
    void refusesEffectsOfTheirOwnOrInBetween() {
        for (Effects effects : new Effects[] {Effects.EXTERNAL, Effects.UNKNOWN}) {
            Workflow own = inputs("q")
                    .outputs("x", "y")
                    .node(function("a", "q", "x").toBuilder().effects(effects).build())
                    .node(twin("b", "q", "y").toBuilder().effects(effects).build())
                    .build();
            assertThat(refused(MERGE, own)).contains("once instead of twice");
        }
        Workflow between = inputs("q")
                .outputs("x", "y")
                .node("a", "q", "x")
                .node(function("w", "x", "").toBuilder()
                        .effects(Effects.IDEMPOTENT)
                        .build())
                .node(twin("b", "q", "y"))
                .build();
        assertThat(refused(MERGE, between)).contains("(w) has effects");
    }

    @Test
    void refusesANodeThatChangesWhatItReads() {
        Workflow workflow = inputs("q")
                .outputs("q")
                .node("a", "q", "q")
                .node(twin("b", "q", "q"))
                .build();
        assertThat(refused(MERGE, workflow)).contains("which it reads itself");
    }

    @Test
    void refusesInALoop() {
        Workflow workflow = inputs("q")
                .outputs("x", "y")
                .node("a", "q", "x")
                .node(twin("b", "q", "y"))
                .condition("gate", "q")
                .path("a", "b", "gate")
                .edge("gate", "a", "true", 2)
                .build();
        assertThat(refused(MERGE, workflow)).contains("does not always run before");
    }
}
