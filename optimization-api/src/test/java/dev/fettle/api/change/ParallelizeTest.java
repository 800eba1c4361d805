package dev.fettle.api.change;

import static dev.fettle.api.change.Graph.applied;
import static dev.fettle.api.change.Graph.function;
import static dev.fettle.api.change.Graph.inputs;
import static dev.fettle.api.change.Graph.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.Workflow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ParallelizeTest {
    private static Parallelize block(String... nodes) {
        return new Parallelize("p", List.of(nodes), ErrorStrategy.FAIL_FAST);
    }

    private static Graph chain() {
        return inputs("q").outputs("z").node("a", "q", "x").node("b", "q", "y").node("c", "x y", "z");
    }

    @Test
    void takesTheMembersIntoOneNodeInTheirOrder() {
        Workflow workflow = chain().build();
        Workflow parallel = applied(block("a", "b"), workflow);
        assertThat(parallel.entry()).isEqualTo("p");
        assertThat(parallel.edges()).containsExactly(Edge.of("p", "c"));
        Node made = parallel.node("p").orElseThrow();
        assertThat(made.members())
                .containsExactly(workflow.nodes().get(0), workflow.nodes().get(1));
        assertThat(made.state()).isEqualTo(StateAccess.of(List.of("q"), List.of("x", "y")));
        assertThat(made.effects()).isEqualTo(Effects.NONE);
    }

    @Test
    void membersMayNeedEachOther() {
        assertThat(applied(block("a", "b", "c"), chain().build()).nodes()).hasSize(1);
    }

    @Test
    void nodesThatAreGoneAreLeftOut() {
        Workflow parallel = applied(block("a", "gone", "b"), chain().build());
        assertThat(parallel.node("p").orElseThrow().members()).hasSize(2);
        assertThat(refused(block("a", "gone"), chain().build())).contains("fewer than 2");
    }

    @Test
    void refusesAnotherOrderOrAGap() {
        assertThat(refused(block("b", "a"), chain().build())).contains("straight");
        assertThat(refused(block("a", "c"), chain().build())).contains("straight");
        assertThat(refused(block("a", "a"), chain().build())).contains("straight");
    }

    @Test
    void refusesAWayInFromElsewhere() {
        Workflow workflow = inputs("q")
                .outputs("x", "y")
                .condition("gate", "q")
                .node("a", "q", "x")
                .node("b", "q", "y")
                .edge("gate", "a", "true", null)
                .edge("gate", "b", "false", null)
                .path("a", "b")
                .build();
        assertThat(refused(block("a", "b"), workflow)).contains("straight");
    }

    @Test
    void refusesTwoWritersOfOneKey() {
        Workflow workflow =
                inputs("q").outputs("x").node("a", "q", "x").node("b", "q", "x").build();
        assertThat(refused(block("a", "b"), workflow)).contains("both write (x)");
    }

    @Test
    void refusesEffectsAlsoOfTools() {
        Node sender = function("b", "q", "y").toBuilder()
                .tools(Map.of("send", "mail"))
                .build();
        Workflow workflow = inputs("q")
                .outputs("x", "y")
                .node("a", "q", "x")
                .node(sender)
                .tool("mail", "mail", Effects.EXTERNAL, false)
                .build();
        assertThat(refused(block("a", "b"), workflow)).contains("(b) has effects (EXTERNAL)");
    }

    @Test
    void refusesUnknownStateConditionsAndTooFew() {
        Workflow workflow = inputs("q")
                .outputs("x")
                .node("a", "q", "x")
                .node(function("b", "", "").toBuilder()
                        .state(StateAccess.UNKNOWN)
                        .build())
                .condition("gate", "x")
                .build();
        assertThat(refused(block("a", "b"), workflow)).contains("not known");
        assertThat(refused(block("b", "gate"), workflow)).contains("not known");
        assertThat(refused(block("a"), workflow)).contains("at least 2");
        assertThat(refused(new Parallelize("a", List.of("a", "b"), ErrorStrategy.COLLECT), workflow))
                .contains("there is a node (a) already");
        assertThat(refused(new Parallelize("..", List.of("a", "b"), ErrorStrategy.COLLECT), chain().build()))
                .contains("not usable");
    }

    @Test
    void aWholeLoopBecomesANodeThatRepeats() {
        Workflow workflow = inputs("q")
                .outputs("x", "y")
                .node("a", "q", "x")
                .node("b", "q", "y")
                .path("a", "b")
                .edge("b", "a", null, 2)
                .build();
        assertThat(applied(block("a", "b"), workflow).edges()).containsExactly(new Edge("p", "p", null, 2));
    }
}
