package dev.fettle.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorkflowCheckTest {
    private static Node node(String id, List<String> reads, List<String> writes) {
        return Node.builder(id, new NodeBody.Function(id)).state(reads, writes).build();
    }

    private static Node node(String id) {
        return node(id, List.of(), List.of());
    }

    private static Node condition(String id) {
        return Node.builder(id, new NodeBody.Condition("c", null))
                .state(List.of(), List.of())
                .build();
    }

    private static Node block(String id, Map<String, NodeBody.Reducer> reducers, Node... members) {
        return Node.builder(id, new NodeBody.Parallel(List.of(members), NodeBody.ErrorStrategy.FAIL_FAST, reducers))
                .build();
    }

    private static Workflow workflow(List<Node> nodes, Edge... edges) {
        return new Workflow(
                "w",
                nodes.isEmpty() ? "" : nodes.get(0).id(),
                Set.of("q"),
                Set.of(),
                nodes,
                List.of(edges),
                List.of(),
                false);
    }

    private static List<String> problems(Workflow workflow) {
        return WorkflowCheck.problems(workflow).stream()
                .map(WorkflowCheck.Problem::message)
                .toList();
    }

    private static void finds(Workflow workflow, String message) {
        assertThat(problems(workflow)).singleElement().asString().contains(message);
    }

    @Test
    void aWellFormedWorkflowHasNoProblems() {
        assertThat(problems(workflow(
                        List.of(node("a", List.of("q"), List.of("x")), node("b", List.of("x"), List.of())),
                        Edge.of("a", "b"),
                        Edge.of("b", Edge.END))))
                .isEmpty();
    }

    @Test
    void namesIdsThatAreUsedTwiceOrNotUsable() {
        finds(workflow(List.of(node("a"), block("p", Map.of(), node("a"))), Edge.of("a", "p")), "(a) is used twice");
        for (String id : List.of("", "../x", "a/../b", "end", "-x", "a\nb", "x".repeat(201))) {
            assertThat(WorkflowCheck.isValidId(id)).as(id).isFalse();
        }
        for (String id : List.of("a", "read_files", "größe", "agent/tool (x)", "a.b-c")) {
            assertThat(WorkflowCheck.isValidId(id)).as(id).isTrue();
        }
    }

    @Test
    void namesNodesAndEdgesThatLeadNowhere() {
        finds(workflow(List.of()), "has no nodes");
        finds(workflow(List.of(node("a")), Edge.of("a", "z")), "leads to (z)");
        finds(workflow(List.of(node("a")), Edge.of("z", "a")), "starts at (z)");
        finds(workflow(List.of(node("a"), node("b"))), "(b) cannot be reached");
        finds(workflow(List.of(node("a")), new Edge("a", "a", null, 0)), "maxTraversals is (0)");
        finds(workflow(List.of(node("a")), Edge.of("a", "a")).withEntry("z"), "entry (z)");
    }

    @Test
    void namesLoopsWithoutALimit() {
        finds(workflow(List.of(node("a"), node("b")), Edge.of("a", "b"), Edge.of("b", "a")), "[a, b] form a loop");
        assertThat(problems(workflow(List.of(node("a"), node("b")), Edge.of("a", "b"), new Edge("b", "a", null, 2))))
                .isEmpty();
    }

    @Test
    void namesBranchesWithoutACondition() {
        finds(
                workflow(List.of(node("a"), node("b"), node("c")), Edge.of("a", "b"), Edge.of("a", "c")),
                "only a condition may branch");
        finds(workflow(List.of(node("a"), node("b")), Edge.when("a", "b", "yes")), "is not a condition");
        finds(
                workflow(
                        List.of(condition("a"), node("b"), node("c")),
                        Edge.when("a", "b", "yes"),
                        Edge.when("a", "c", "yes")),
                "two edges for (yes)");
        finds(
                workflow(List.of(condition("a"), node("b"), node("c")), Edge.of("a", "b"), Edge.of("a", "c")),
                "two edges");
    }

    @Test
    void namesReadsThatNobodyWroteBefore() {
        finds(
                workflow(
                        List.of(node("a", List.of("x"), List.of()), node("b", List.of(), List.of("x"))),
                        Edge.of("a", "b")),
                "(a) reads (x)");
        finds(
                workflow(List.of(
                        block("p", Map.of(), node("a", List.of("x"), List.of()), node("b", List.of(), List.of("x"))))),
                "(a) reads (x)");
        Workflow outputs =
                new Workflow("w", "a", Set.of(), Set.of("r"), List.of(node("a")), List.of(), List.of(), false);
        finds(outputs, "the output (r) is written by no node");
    }

    @Test
    void namesTwoWritersInABlockAlsoInsideInnerBlocks() {
        Node a = node("a", List.of(), List.of("x"));
        Node b = node("b", List.of(), List.of("x"));
        finds(workflow(List.of(block("p", Map.of(), a, b))), "both write (x)");
        finds(workflow(List.of(block("p", Map.of(), a, block("i", Map.of(), b)))), "both write (x)");
        assertThat(problems(workflow(List.of(block("p", Map.of("x", NodeBody.Reducer.LAST), a, b)))))
                .isEmpty();
        finds(workflow(List.of(block("p", Map.of()))), "has no members");
        finds(workflow(List.of(block("p", Map.of(), condition("c")))), "is a member of a parallel node");
    }

    @Test
    void namesToolsAndCopiesThatAreNotDeclared() {
        Node user = node("a").toBuilder().tools(Map.of("find", "scan")).build();
        finds(workflow(List.of(user)), "uses the tool (scan)");
        Node caller = Node.builder("a", new NodeBody.Tool("scan", Map.of())).build();
        finds(workflow(List.of(caller)), "calls the tool (scan)");
        Node copier = node("a", List.of(), List.of("x")).toBuilder()
                .copies(Map.of("y", "x"))
                .build();
        finds(workflow(List.of(copier)), "copies (x) to (y)");
        Workflow twice = new Workflow(
                "w",
                "a",
                Set.of(),
                Set.of(),
                List.of(node("a")),
                List.of(),
                List.of(ToolSpec.unknown("t"), ToolSpec.unknown("t")),
                false);
        finds(twice, "the tool (t) is declared twice");
    }

    @Test
    void aDiscoveredWorkflowMayBranchWithoutConditions() {
        Workflow workflow = workflow(List.of(node("a"), node("b"), node("c")), Edge.of("a", "b"), Edge.of("a", "c"));
        assertThat(problems(new Workflow(
                        "w", "a", Set.of(), Set.of(), workflow.nodes(), workflow.edges(), List.of(), true)))
                .isEmpty();
    }

    @Test
    void aChainOfThousandsOfNodesIsChecked() {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            nodes.add(node("n" + i, List.of(i == 0 ? "q" : "k" + (i - 1)), List.of("k" + i)));
            if (i > 0) {
                edges.add(Edge.of("n" + (i - 1), "n" + i));
            }
        }
        assertThat(problems(workflow(nodes, edges.toArray(new Edge[0])))).isEmpty();
    }
}
