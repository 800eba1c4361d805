package dev.fettle.api.change;

import static dev.fettle.api.change.Graph.applied;
import static dev.fettle.api.change.Graph.function;
import static dev.fettle.api.change.Graph.inputs;
import static dev.fettle.api.change.Graph.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.Workflow;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RemoveNodeTest {
    @Test
    void joinsTheNeighbours() {
        Workflow chain = inputs("q")
                .outputs("r")
                .node("a", "q", "x")
                .node("b", "q", "u")
                .node("c", "x", "r")
                .build();
        Workflow without = applied(new RemoveNode("b"), chain);
        assertThat(without.edges()).containsExactly(Edge.of("a", "c"));
        assertThat(without.nodes()).extracting(Node::id).containsExactly("a", "c");
    }

    @Test
    void theSuccessorOfTheEntryBecomesTheEntry() {
        Workflow chain =
                inputs("q").outputs("r").node("a", "q", "u").node("b", "q", "r").build();
        Workflow without = applied(new RemoveNode("a"), chain);
        assertThat(without.entry()).isEqualTo("b");
        assertThat(without.edges()).isEmpty();
    }

    @Test
    void theLastNodeLeavesAnEnd() {
        Workflow chain =
                inputs("q").outputs("r").node("a", "q", "r").node("b", "q", "u").build();
        assertThat(applied(new RemoveNode("b"), chain).edges()).containsExactly(Edge.of("a", Edge.END));
    }

    @Test
    void twoLabelsOfOneConditionKeepTheirEdges() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .condition("gate", "q")
                .node("b", "q", "u")
                .node("c", "q", "r")
                .edge("gate", "b", "true", null)
                .edge("gate", "c", "false", null)
                .path("b", "c")
                .build();
        assertThat(applied(new RemoveNode("b"), workflow).edges())
                .containsExactlyInAnyOrder(Edge.when("gate", "c", "true"), Edge.when("gate", "c", "false"));
    }

    @Test
    void theLimitOfALoopStaysOnItsWayBack() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .node("a", "q", "r")
                .node("b", "q", "u")
                .condition("gate", "r")
                .path("a", "b", "gate")
                .edge("gate", "b", "true", 3)
                .build();
        assertThat(applied(new RemoveNode("b"), workflow).edges())
                .containsExactlyInAnyOrder(Edge.of("a", "gate"), new Edge("gate", "gate", "true", 3));
    }

    @Test
    void refusesANodeWhoseWayOnIsLimitedForSeveralWaysIn() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .node("a", "q", "r")
                .condition("gate", "r")
                .node("b", "q", "u")
                .path("a", "gate")
                .edge("gate", "b", "true", null)
                .edge("b", "a", null, 3)
                .build();
        assertThat(refused(new RemoveNode("b"), workflow)).contains("graph depends");
    }

    @Test
    void handsALimitToTheOnlyWayIn() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .node("a", "q", "r")
                .node("b", "q", "u")
                .path("a", "b")
                .edge("b", "a", null, 3)
                .build();
        assertThat(applied(new RemoveNode("b"), workflow).edges()).containsExactly(new Edge("a", "a", null, 3));
    }

    @Test
    void refusesAConditionAndTheOnlyNode() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .condition("gate", "q")
                .node("c", "q", "r")
                .edge("gate", "c", "true", null)
                .build();
        assertThat(refused(new RemoveNode("gate"), workflow)).contains("condition");
        Workflow single = inputs("q").outputs("q").node("a", "q", "u").build();
        assertThat(refused(new RemoveNode("a"), single)).contains("(a)");
    }

    @Test
    void refusesWritersOfOutputsAndOfKeysThatAreRead() {
        Workflow chain =
                inputs("q").outputs("r").node("a", "q", "x").node("b", "x", "r").build();
        assertThat(refused(new RemoveNode("a"), chain)).isEqualTo("(b) reads (x), which (a) writes");
        assertThat(refused(new RemoveNode("b"), chain)).isEqualTo("(b) writes the output (r)");
        assertThat(refused(new RemoveNode("z"), chain)).isEqualTo("there is no node (z) in the workflow");
    }

    @Test
    void refusesAWriterWhereAnOlderValueWouldBeReadInstead() {
        Workflow older = inputs("q")
                .outputs("r")
                .node("a", "q", "x")
                .node("b", "q", "x")
                .node("c", "x", "r")
                .build();
        assertThat(refused(new RemoveNode("b"), older)).contains("(c) reads (x)");
        Workflow input =
                inputs("x").outputs("r").node("b", "x", "x").node("c", "x", "r").build();
        assertThat(refused(new RemoveNode("b"), input)).contains("(c) reads (x)");
    }

    @Test
    void refusesWhereSomebodyMayReadAnything() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .node("a", "q", "u")
                .node(function("b", "q", "r").toBuilder()
                        .state(StateAccess.UNKNOWN)
                        .build())
                .build();
        assertThat(refused(new RemoveNode("a"), workflow)).contains("(b)").contains("not known");
        assertThat(refused(new RemoveNode("b"), workflow)).contains("not known");
        Workflow noOutputs = inputs("q").node("a", "q", "u").node("b", "q", "r").build();
        assertThat(refused(new RemoveNode("a"), noOutputs)).contains("declares no outputs");
    }

    @Test
    void aBlockWithOneMemberLeftBecomesTheMember() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .block("p", Map.of(), function("a", "q", "x"), function("b", "q", "u"))
                .node("c", "x", "r")
                .build();
        Workflow without = applied(new RemoveNode("b"), workflow);
        assertThat(without.nodes()).extracting(Node::id).containsExactly("a", "c");
        assertThat(without.entry()).isEqualTo("a");
        assertThat(without.edges()).containsExactly(Edge.of("a", "c"));
    }

    @Test
    void aBlockInsideABlockMayBecomeItsLastMember() {
        Node inner = inputs("q")
                .block("inner", Map.of(), function("a", "q", "x"), function("b", "q", "u"))
                .build()
                .nodes()
                .get(0);
        Workflow workflow = inputs("q")
                .outputs("r")
                .block("outer", Map.of(), inner, function("c", "q", "y"))
                .node("d", "x y", "r")
                .build();
        Workflow without = applied(new RemoveNode("b"), workflow);
        assertThat(without.allNodes()).extracting(Node::id).containsExactly("outer", "a", "c", "d");
        assertThat(without.nodes().get(0).state().writes()).containsExactly("x", "y");
    }

    @Test
    void aBlockWithReducersStaysABlock() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .block("p", Map.of("x", NodeBody.Reducer.APPEND), function("a", "q", "x"), function("b", "q", "u"))
                .node("c", "x", "r")
                .build();
        assertThat(applied(new RemoveNode("b"), workflow).allNodes())
                .extracting(Node::id)
                .containsExactly("p", "a", "c");
    }
}
