package dev.fettle.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DataFlowTest {
    private static Node node(String id, String read, String written) {
        return Node.builder(id, new NodeBody.Function(id))
                .state(List.of(read), List.of(written))
                .build();
    }

    private static Workflow workflow(List<Node> nodes, Edge... edges) {
        return new Workflow(
                "w",
                nodes.get(0).id(),
                Set.of("q"),
                Set.of(),
                nodes,
                new ArrayList<>(new LinkedHashSet<>(List.of(edges))),
                List.of(),
                false);
    }

    /** {@code a -> gate -> b or c -> d}, and from d back to the gate. */
    private static DataFlow loopWithBranches() {
        Node gate = Node.builder("gate", new NodeBody.Condition("g", null))
                .state(List.of("x"), List.of())
                .build();
        return DataFlow.of(workflow(
                List.of(node("a", "q", "x"), gate, node("b", "x", "y"), node("c", "x", "y"), node("d", "y", "z")),
                Edge.of("a", "gate"),
                Edge.when("gate", "b", "true"),
                Edge.when("gate", "c", "false"),
                Edge.of("b", "d"),
                Edge.of("c", "d"),
                new Edge("d", "gate", null, 2)));
    }

    @Test
    void aNodeCanPrecedeWhatCanBeReachedFromIt() {
        DataFlow flow = loopWithBranches();
        assertThat(flow.canPrecede("a", "d")).isTrue();
        assertThat(flow.canPrecede("d", "a")).isFalse();
        assertThat(flow.canPrecede("a", "a")).isFalse();
        assertThat(flow.canPrecede("b", "c")).as("in the next round").isTrue();
        assertThat(flow.canPrecede("b", "b")).as("in the next round").isTrue();
    }

    @Test
    void aNodeAlwaysPrecedesWhatCannotBeReachedWithoutIt() {
        DataFlow flow = loopWithBranches();
        assertThat(flow.alwaysPrecedes("a", "d")).isTrue();
        assertThat(flow.alwaysPrecedes("gate", "b")).isTrue();
        assertThat(flow.alwaysPrecedes("b", "d")).isFalse();
        assertThat(flow.alwaysPrecedes("d", "b")).isFalse();
    }

    @Test
    void aRunCanEndWhereNoEdgeIsLeftToTake() {
        DataFlow flow = loopWithBranches();
        assertThat(flow.canEndWithout("a", "d")).isFalse();
        assertThat(flow.canEndWithout("a", "b")).isTrue();
    }

    @Test
    void readersAndWritersAreThoseThatCanMeet() {
        DataFlow flow = loopWithBranches();
        assertThat(flow.writers("y")).containsExactly("b", "c");
        assertThat(flow.readers("x")).containsExactly("gate", "b", "c");
        assertThat(flow.writersBefore("d", "y")).containsExactly("b", "c");
        assertThat(flow.writersBefore("a", "y")).isEmpty();
        assertThat(flow.readersAfter("b", "y")).containsExactly("d");
        assertThat(flow.known()).isTrue();
    }

    @Test
    void membersOfABlockCountInTheirOrder() {
        Node block = Node.builder(
                        "p",
                        new NodeBody.Parallel(
                                List.of(node("a", "q", "x"), node("b", "x", "y")),
                                NodeBody.ErrorStrategy.FAIL_FAST,
                                Map.of()))
                .build();
        DataFlow flow = DataFlow.of(workflow(List.of(block, node("c", "y", "z")), Edge.of("p", "c")));
        assertThat(flow.canPrecede("a", "b")).isTrue();
        assertThat(flow.canPrecede("b", "a")).isFalse();
        assertThat(flow.alwaysPrecedes("a", "c")).isTrue();
        assertThat(flow.canEndWithout("a", "b")).isFalse();
        assertThat(flow.leaves()).extracting(Node::id).containsExactly("a", "b", "c");
    }
}
