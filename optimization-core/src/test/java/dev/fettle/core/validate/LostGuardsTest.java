package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.plan.Constraints;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LostGuardsTest {
    private static final Workflow PAYING = WorkflowReader.read("""
            version: 1
            id: paying
            inputs: [order, customer]
            outputs: [out]
            tools:
              - {name: find, runner: http, capabilities: [search], effects: none, settings: {url: "https://search.example"}}
              - {name: store, runner: store, capabilities: [files], effects: idempotent}
            nodes:
              - {id: check, kind: function, runner: check, reads: [order], writes: [], effects: none}
              - {id: look, kind: tool, tool: find, arguments: {q: order}, reads: [order], writes: [hits], effects: none}
              - {id: write, kind: agent, model: m, prompt: "Write of {hits}", reads: [hits], writes: [text], effects: none}
              - {id: good, kind: condition, runner: good, reads: [text], effects: none}
              - {id: pay, kind: function, runner: pay, reads: [order, text], writes: [paid], effects: external}
              - {id: save, kind: tool, tool: store, arguments: {text: text}, reads: [text], writes: [saved], effects: none}
              - {id: done, kind: function, runner: done, reads: [text], writes: [out], effects: none}
            edges:
              - {from: check, to: look}
              - {from: look, to: write}
              - {from: write, to: good}
              - {from: good, to: pay, when: "yes"}
              - {from: good, to: done, when: "no"}
              - {from: pay, to: save}
              - {from: save, to: done}
            """, "paying.yaml");

    private static List<String> critical(Workflow candidate) {
        return StaticChecks.standard()
                .run(PAYING, candidate, Workflows.estimate(0, 1), Constraints.DEFAULT, null)
                .stream()
                .filter(Violation::critical)
                .map(Violation::message)
                .toList();
    }

    private static Workflow with(String node, UnaryOperator<Node.Builder> change) {
        return PAYING.mapNode(node, before -> change.apply(before.toBuilder()).build());
    }

    private static Workflow edges(UnaryOperator<Edge> change) {
        return PAYING.withEdges(PAYING.edges().stream().map(change).toList());
    }

    private static Workflow without(String node, String next) {
        List<Edge> edges = PAYING.edges().stream()
                .filter(edge -> !edge.from().equals(node))
                .map(edge -> edge.to().equals(node) ? edge.to(next) : edge)
                .toList();
        Workflow fewer = PAYING.withNodes(PAYING.nodes().stream()
                        .filter(one -> !one.id().equals(node))
                        .toList())
                .withEdges(edges);
        return PAYING.entry().equals(node) ? fewer.withEntry(next) : fewer;
    }

    @Test
    void aNodeThatMayFailAndNoLongerStandsBeforeAnIdempotentEffectNeedsAPerson() {
        Workflow saving = WorkflowReader.read("""
                version: 1
                id: saving
                inputs: [text]
                outputs: [out]
                nodes:
                  - {id: fetch, kind: function, runner: fetch, reads: [text], writes: [found], effects: none}
                  - {id: put, kind: function, runner: put, reads: [text], writes: [], effects: idempotent}
                  - {id: join, kind: function, runner: join, reads: [found], writes: [out], effects: none}
                edges:
                  - {from: fetch, to: put}
                  - {from: put, to: join}
                """, "saving.yaml");
        Workflow sooner = saving.withEdges(List.of(Edge.of("put", "fetch"), Edge.of("fetch", "join")))
                .withEntry("put");

        assertThat(Guards.mayFailLater(saving, sooner))
                .singleElement()
                .asString()
                .contains("should 'fetch' fail");
        assertThat(Guards.mayFailLater(saving, saving)).isEmpty();
    }

    /** Writing once more changes nothing, but writing what was to be held back does. */
    @Test
    void aCheckBeforeAnIdempotentEffectIsAGuardToo() {
        UnaryOperator<Workflow> idempotent = workflow -> workflow.mapNode(
                "pay", pay -> pay.toBuilder().effects(Effects.IDEMPOTENT).build());

        assertThat(StaticChecks.standard()
                        .run(
                                idempotent.apply(PAYING),
                                idempotent.apply(without("check", "look")),
                                Workflows.estimate(0, 1),
                                Constraints.DEFAULT,
                                null))
                .filteredOn(Violation::critical)
                .anyMatch(violation ->
                        violation.message().contains("node 'pay' would no longer wait for the check 'check'"));
    }

    @Test
    void theOriginalLosesNothing() {
        assertThat(critical(PAYING)).isEmpty();
    }

    @Test
    void aConditionBeforeAnEffectStaysAsItIs() {
        String lost = "the effect of node 'pay' would no longer depend on the condition 'good' being 'yes'";

        assertThat(critical(edges(edge -> edge.when() == null
                        ? edge
                        : new Edge(edge.from(), edge.to(), "yes".equals(edge.when()) ? "no" : "yes", null))))
                .contains(lost);
        assertThat(critical(with("good", node -> node.body(new NodeBody.Condition("always", null)))))
                .contains(lost);
        assertThat(critical(edges(edge -> edge.to().equals("good") ? edge.to("pay") : edge)))
                .contains(lost);
    }

    @Test
    void aCheckThatWritesNothingMayNotGo() {
        assertThat(critical(without("check", "look")))
                .contains(
                        "the effect of node 'pay' would no longer wait for the check 'check', which writes nothing and so"
                                + " is there to fail");
    }

    @Test
    void aPromptSeesNoMoreThanBefore() {
        assertThat(critical(with("write", node -> node.state(List.of("hits", "customer"), List.of("text")))))
                .contains("the prompt of 'write' would see [customer], which it did not see before");
        assertThat(critical(with("write", node -> node.state(StateAccess.UNKNOWN))))
                .contains("the prompt of 'write' would see any state key, which it did not see before");
        assertThat(critical(with("done", node -> node.body(new NodeBody.Agent("m", "p"))
                        .state(List.of("customer"), List.of("out")))))
                .contains("the prompt of 'done' would see [customer], which it did not see before");
    }

    @Test
    void aToolKeepsItsSettings() {
        ToolSpec find = PAYING.tool("find").orElseThrow();
        ToolSpec elsewhere = new ToolSpec(
                find.name(),
                find.description(),
                find.capabilities(),
                find.runner(),
                find.effects(),
                find.arguments(),
                find.usdPerCall(),
                find.batch(),
                Map.of("url", "https://elsewhere.example"));
        Workflow candidate = new Workflow(
                PAYING.id(),
                PAYING.entry(),
                PAYING.inputs(),
                PAYING.outputs(),
                PAYING.nodes(),
                PAYING.edges(),
                List.of(elsewhere, PAYING.tools().get(1)),
                false);

        assertThat(critical(candidate))
                .anyMatch(message -> message.equals("it could reach the host 'elsewhere.example'"));
    }

    @Test
    void aFileOutsideTheFolderIsBeyondReach() {
        for (String path :
                List.of("/etc/passwd", "~/.ssh/id", "../other/data", "a/../../b", "C:\\Users", "\\\\host\\share")) {
            assertThat(critical(with("done", node -> node.parameters(Map.of("path", path)))))
                    .as(path)
                    .contains("it could reach the file or folder '" + path + "'");
        }
        assertThat(critical(with("done", node -> node.parameters(Map.of("path", "data/file.txt", "text", "1/2 .. 3")))))
                .isEmpty();
    }

    @Test
    void anIdempotentEffectIsStillMadeAndNotCached() {
        assertThat(critical(without("save", "done")))
                .contains("the idempotent effect of node 'save' is not made any more");
        Policies.Cache cache = new Policies.Cache("store", null, 10, Policies.Cache.Eviction.LRU);
        assertThat(critical(with("save", node -> node.policies(Policies.NONE.withCache(cache)))))
                .anyMatch(message -> message.startsWith("a cache would answer in place of the effect of tool 'store'"));
    }

    @Test
    void whatANodeWithAnEffectDoesStaysAsItIs() {
        String other = "the effect of node 'pay' would be another: what the node does, or what it reads, was changed";

        assertThat(critical(with("pay", node -> node.parameters(Map.of("account", "mine")))))
                .contains(other);
        assertThat(critical(with("pay", node -> node.state(List.of("order"), List.of("paid")))))
                .contains(other);
    }

    @Test
    void aLoopAroundAnEffectMayNotGrow() {
        assertThat(critical(PAYING.withEdges(
                        Stream.concat(Stream.of(new Edge("pay", "pay", null, 2)), PAYING.edges().stream())
                                .toList())))
                .contains("a loop could repeat the effect of node 'pay' 2 times, and 0 times before");
    }

    private static List<String> reservations(Workflow original, Workflow candidate) {
        return StaticChecks.standard()
                .run(original, candidate, Workflows.estimate(0, 1), Constraints.DEFAULT, null)
                .stream()
                .filter(violation -> !violation.critical())
                .map(Violation::message)
                .toList();
    }

    @Test
    void otherCodeBeforeAnEffectMayLetMorePass() {
        Workflow strict = PAYING.mapNode("done", node -> node).mapNode("look", node -> node.toBuilder()
                .body(new NodeBody.Function("look"))
                .tools(Map.of())
                .parameters(Map.of("strict", true))
                .build());
        Workflow lenient = strict.mapNode(
                "look",
                node -> node.toBuilder().parameters(Map.of("strict", false)).build());

        assertThat(reservations(strict, lenient))
                .anyMatch(message -> message.startsWith("should 'look' fail, that would no longer hold back"));
        assertThat(reservations(strict, strict)).noneMatch(message -> message.startsWith("should 'look' fail"));
    }

    @Test
    void aLoopThatEndsEarlierLetsAnEffectComeEarlier() {
        Workflow patient = PAYING.withEdges(
                Stream.concat(PAYING.edges().stream(), Stream.of(new Edge("good", "write", "again", 5)))
                        .toList());
        Workflow hasty = PAYING.withEdges(
                Stream.concat(PAYING.edges().stream(), Stream.of(new Edge("good", "write", "again", 1)))
                        .toList());

        assertThat(reservations(patient, hasty)).anyMatch(message -> message.contains("would end after fewer rounds"));
        assertThat(reservations(patient, patient)).noneMatch(message -> message.contains("fewer rounds"));
    }

    @Test
    void aVersionDoesNotChangeWhatAToolCosts() {
        ToolSpec find = PAYING.tool("find").orElseThrow();
        ToolSpec dear = new ToolSpec(
                find.name(),
                find.capabilities(),
                find.runner(),
                find.effects(),
                find.arguments(),
                new BigDecimal("0.01"),
                false);
        Workflow priced = PAYING.withTools(List.of(dear, PAYING.tool("store").orElseThrow()));

        assertThat(critical(priced)).anyMatch(message -> message.contains("the price of the tool 'find'"));
    }

    @Test
    void aPromptThatNamesAnotherKeyShowsMore() {
        Workflow reading = with("write", node -> node.state(List.of("hits", "customer"), List.of("text")));
        Workflow telling = reading.mapNode("write", node -> node.toBuilder()
                .body(new NodeBody.Agent("m", "Write of {hits} to {customer}"))
                .build());

        List<Violation> found =
                StaticChecks.standard().run(reading, telling, Workflows.estimate(0, 1), Constraints.DEFAULT, null);

        assertThat(found)
                .anyMatch(violation -> violation.critical()
                        && violation.message().contains("the prompt of 'write' would see [customer]"));
    }
}
