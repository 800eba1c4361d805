package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StaticChecksTest {
    private static final Node READ = Workflows.function("read", List.of("text"), List.of("data"));
    private static final Node APPROVE = Node.builder("approve", new NodeBody.Human("Send?"))
            .state(List.of("data"), List.of("answer"))
            .build();
    private static final Node SEND = effect("send");
    private static final Node LOG = effect("log");
    private static final Node SEARCH = Node.builder("search", new NodeBody.Function("search"))
            .state(List.of("data"), List.of("out"))
            .effects(Effects.NONE)
            .tools(Map.of("find", "slow_search"))
            .build();
    private static final Workflow ORIGINAL = flow(List.of(READ, APPROVE, SEND, LOG, SEARCH));

    private static Node effect(String id) {
        return Node.builder(id, new NodeBody.Function(id))
                .state(List.of("data"), List.of(id + "_done"))
                .effects(Effects.EXTERNAL)
                .build();
    }

    private static ToolSpec tool(String name, String capability, Effects effects) {
        return new ToolSpec(name, Set.of(capability), name, effects, Map.of(), BigDecimal.ZERO, false);
    }

    private static Workflow flow(List<Node> nodes) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i + 1 < nodes.size(); i++) {
            edges.add(Edge.of(nodes.get(i).id(), nodes.get(i + 1).id()));
        }
        return new Workflow(
                "flow",
                nodes.get(0).id(),
                Set.of("text"),
                Set.of("out"),
                nodes,
                edges,
                List.of(
                        tool("slow_search", "search", Effects.NONE),
                        tool("fast_search", "search", Effects.NONE),
                        tool("delete_all", "search", Effects.EXTERNAL)),
                false);
    }

    private static List<Violation> check(Workflow candidate) {
        return check(candidate, Workflows.estimate(0, 1), Constraints.DEFAULT);
    }

    private static List<Violation> check(Workflow candidate, Estimate estimate, Constraints constraints) {
        return StaticChecks.standard().run(ORIGINAL, candidate, estimate, constraints, null);
    }

    private static void assertRejected(Workflow candidate, String type, String words) {
        assertThat(check(candidate)).anySatisfy(violation -> {
            assertThat(violation.critical()).isTrue();
            assertThat(violation.type()).isEqualTo(type);
            assertThat(violation.message()).contains(words);
        });
    }

    @Test
    void theOriginalItselfIsFine() {
        assertThat(check(ORIGINAL)).isEmpty();
    }

    @Test
    void anEqualToolMayReplaceATool() {
        Node faster = SEARCH.toBuilder().tools(Map.of("find", "fast_search")).build();

        assertThat(check(flow(List.of(READ, APPROVE, SEND, LOG, faster)))).isEmpty();
    }

    @Test
    void aToolThatDoesMoreToTheWorldMayNot() {
        Node stronger = SEARCH.toBuilder().tools(Map.of("find", "delete_all")).build();
        Workflow candidate = flow(List.of(READ, APPROVE, SEND, LOG, stronger));

        assertRejected(candidate, "security", "'delete_all'");
        assertRejected(candidate, "effects", "tool 'delete_all' of node 'search'");
    }

    @Test
    void anEffectMayNeitherGoNorComeNorBeRepeated() {
        assertRejected(flow(List.of(READ, APPROVE, SEND, SEARCH)), "effects", "node 'log' is gone");
        assertRejected(flow(List.of(READ, APPROVE, SEND, effect("mail"), LOG, SEARCH)), "effects", "node 'mail'");
        Node retried = SEND.toBuilder()
                .policies(Policies.NONE.withRetry(new Policies.Retry(3, Duration.ZERO)))
                .build();
        assertRejected(flow(List.of(READ, APPROVE, retried, LOG, SEARCH)), "effects", "a retry could repeat");
    }

    @Test
    void effectsKeepTheirOrder() {
        assertRejected(flow(List.of(READ, APPROVE, LOG, SEND, SEARCH)), "effects", "'send' came before that of 'log'");
        Node block = Node.builder(
                        "both", new NodeBody.Parallel(List.of(SEND, LOG), NodeBody.ErrorStrategy.FAIL_FAST, Map.of()))
                .state(List.of("data"), List.of("send_done", "log_done"))
                .effects(Effects.EXTERNAL)
                .build();
        assertRejected(flow(List.of(READ, APPROVE, block, SEARCH)), "effects", "'send' came before that of 'log'");
    }

    @Test
    void aPersonsApprovalMayNotBeDroppedOrPassedBy() {
        assertRejected(flow(List.of(READ, SEND, LOG, SEARCH)), "security", "the approval 'approve' is gone");
        assertRejected(
                flow(List.of(READ, SEND, APPROVE, LOG, SEARCH)),
                "security",
                "no longer wait for the approval 'approve'");
    }

    @Test
    void nothingElseMayBeReached() {
        Node shell = Node.builder("shell", new NodeBody.Command(List.of("rm", "-r"), List.of("HOME"), 100))
                .state(List.of("data"), List.of("x"))
                .effects(Effects.NONE)
                .build();
        Workflow candidate = flow(List.of(READ, APPROVE, SEND, LOG, shell, SEARCH));
        assertRejected(candidate, "security", "the command [rm, -r]");
        assertRejected(candidate, "security", "the environment variable 'HOME'");
        Node calling = SEARCH.toBuilder()
                .parameters(Map.of("endpoints", List.of("https://elsewhere.example/api")))
                .build();
        assertRejected(flow(List.of(READ, APPROVE, SEND, LOG, calling)), "security", "the host 'elsewhere.example'");
    }

    @Test
    void aBrokenGraphIsRejected() {
        assertRejected(flow(List.of(APPROVE, SEND, LOG, SEARCH)), "functional_equivalence", "reads (data)");
    }

    @Test
    void constraintsOnQualityCostAndMemoryAreShownToAPerson() {
        Constraints tight = new Constraints(RiskLevel.LOW, 0.95, 0.01, 1e6, Set.of(), 0);

        List<Violation> violations = check(ORIGINAL, Workflows.estimate(0.02, 0.9), tight);

        assertThat(violations)
                .extracting(Violation::type)
                .containsExactly("quality_threshold", "cost_budget", "memory_limit");
        assertThat(violations).noneMatch(Violation::critical);
        assertThat(check(ORIGINAL, Workflows.estimate(Double.NaN, Double.NaN), tight))
                .extracting(Violation::type)
                .contains("quality_threshold", "cost_budget");
    }

    private static Workflow flow(List<Node> nodes, List<Edge> edges) {
        Workflow chain = flow(nodes);
        return new Workflow(
                chain.id(),
                chain.entry(),
                chain.inputs(),
                chain.outputs(),
                nodes,
                edges,
                chain.tools(),
                chain.discovered());
    }

    private static List<String> critical(Workflow original, Workflow candidate) {
        return StaticChecks.standard()
                .run(original, candidate, Workflows.estimate(0, 1), Constraints.DEFAULT, null)
                .stream()
                .filter(Violation::critical)
                .filter(violation -> Set.of("security", "effects").contains(violation.type()))
                .map(Violation::message)
                .toList();
    }

    @Test
    void anEdgeAroundAnApprovalPassesItBy() {
        List<Edge> edges = new ArrayList<>(ORIGINAL.edges());
        edges.add(new Edge("read", "send", "true", null));

        assertRejected(flow(ORIGINAL.nodes(), edges), "security", "no longer wait for the approval 'approve'");
    }

    @Test
    void anApprovalInALoopIsAskedForEachTime() {
        List<Node> nodes = List.of(READ, APPROVE, SEND, LOG, SEARCH);
        List<Edge> asked = new ArrayList<>(ORIGINAL.edges());
        asked.add(new Edge("log", "approve", "again", 3));
        List<Edge> once = new ArrayList<>(ORIGINAL.edges());
        once.add(new Edge("log", "send", "again", 3));

        assertThat(critical(flow(nodes, asked), flow(nodes, asked))).isEmpty();
        assertThat(critical(flow(nodes, asked), flow(nodes, once)))
                .contains("the effect of node 'send' would no longer wait for the approval 'approve'");
    }

    @Test
    void effectsKeepTheirOrderWithinAnIteration() {
        List<Edge> before = List.of(
                Edge.of("read", "send"),
                Edge.of("send", "log"),
                new Edge("log", "send", "again", 3),
                Edge.of("log", "search"));
        List<Edge> after = List.of(
                Edge.of("read", "log"),
                Edge.of("log", "send"),
                new Edge("send", "log", "again", 3),
                Edge.of("send", "search"));
        Workflow original = flow(List.of(READ, SEND, LOG, SEARCH), before);

        assertThat(critical(original, original)).isEmpty();
        assertThat(critical(original, flow(List.of(READ, LOG, SEND, SEARCH), after)))
                .contains("the effect of 'send' came before that of 'log', and need not any more");
    }

    private static Node block(String id, Node... members) {
        return Node.builder(id, new NodeBody.Parallel(List.of(members), NodeBody.ErrorStrategy.FAIL_FAST, Map.of()))
                .build();
    }

    @Test
    void effectsInNestedBlocksAreNotInOrderUnlessOneWaits() {
        Node waiting = Node.builder("log", new NodeBody.Function("log"))
                .state(List.of("send_done"), List.of("log_done"))
                .effects(Effects.EXTERNAL)
                .build();
        Workflow independent =
                flow(List.of(READ, APPROVE, block("outer", block("one", SEND), block("two", LOG)), SEARCH));
        Workflow chained =
                flow(List.of(READ, APPROVE, block("outer", block("one", SEND), block("two", waiting)), SEARCH));
        String message = "the effect of 'send' came before that of 'log', and need not any more";

        assertThat(critical(ORIGINAL, independent)).contains(message);
        assertThat(critical(flow(List.of(READ, APPROVE, SEND, waiting, SEARCH)), chained))
                .doesNotContain(message);
    }
}
