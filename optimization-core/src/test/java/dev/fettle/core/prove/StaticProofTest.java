package dev.fettle.core.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.MergeNodes;
import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StaticProofTest {
    private static final Workflow FLOW = WorkflowReader.read("""
            version: 1
            id: flow
            inputs: [text]
            outputs: [out]
            nodes:
              - {id: a, kind: function, runner: a, reads: [text], writes: [x], effects: none}
              - {id: b, kind: function, runner: b, reads: [text], writes: [y], effects: none}
              - {id: twin, kind: function, runner: a, reads: [text], writes: [z], effects: none}
              - {id: unread, kind: function, runner: u, reads: [x], writes: [waste], effects: none}
              - {id: gate, kind: condition, runner: gate, reads: [x], effects: none}
              - {id: more, kind: function, runner: more, reads: [x, y], writes: [y], effects: none}
              - {id: send, kind: function, runner: send, reads: [y], writes: [], effects: external}
              - {id: join, kind: function, runner: join, reads: [x, y, z], writes: [out], effects: none}
            edges:
              - {from: a, to: b}
              - {from: b, to: twin}
              - {from: twin, to: unread}
              - {from: unread, to: gate}
              - {from: gate, to: more, when: "yes"}
              - {from: more, to: gate, maxTraversals: 2}
              - {from: gate, to: send, when: "no"}
              - {from: send, to: join}
            """, "flow.yaml");

    private static Workflow after(WorkflowChange... changes) {
        return ((ChangeResult.Applied) WorkflowChange.applyAll(FLOW, List.of(changes))).workflow();
    }

    private static String refusal(Workflow candidate) {
        StaticProof proof = StaticProof.of(FLOW, candidate);
        assertThat(proof.exact()).as(proof.text()).isFalse();
        return proof.text();
    }

    /** The node that writes the default may not go, since the other may leave its key out. */
    @Test
    void aNodeMayLeaveOutWhatItDeclaresToWrite() {
        String maybe = """
                version: 1
                id: flow
                inputs: [text]
                outputs: [report]
                nodes:
                  - {id: maybe, kind: function, runner: m, reads: [text], writes: [report], effects: none}
                """;
        String both = maybe.replace("nodes:", """
                nodes:
                  - {id: default, kind: function, runner: d, reads: [text], writes: [report], effects: none}\
                """);

        StaticProof proof =
                StaticProof.of(WorkflowReader.read(both, "flow.yaml"), WorkflowReader.read(maybe, "flow.yaml"));

        assertThat(proof.exact()).as(proof.text()).isFalse();
    }

    @Test
    void aShorterTimeoutIsNeverExact() {
        Workflow hurried = FLOW.mapNode("a", node -> node.toBuilder()
                .policies(Policies.NONE.withTimeout(Duration.ofSeconds(1)))
                .build());

        assertThat(refusal(hurried)).contains("'a' has less time than before");
        assertThat(StaticProof.of(hurried, FLOW).exact()).isTrue();
    }

    @Test
    void aBlockWithATimeLimitOfItsOwnIsNeverExact() {
        Workflow block = after(new Parallelize("block", List.of("a", "b"), NodeBody.ErrorStrategy.FAIL_FAST));
        Workflow hurried = block.mapNode("block", node -> node.toBuilder()
                .policies(Policies.NONE.withTimeout(Duration.ofMillis(1)))
                .build());

        assertThat(refusal(hurried)).contains("'block' has less time than before");
    }

    @Test
    void fewerAttemptsAreNeverExact() {
        Workflow patient = FLOW.mapNode("a", node -> node.toBuilder()
                .policies(Policies.NONE.withRetry(new Policies.Retry(5, Duration.ofMillis(1))))
                .build());

        StaticProof proof = StaticProof.of(patient, FLOW);

        assertThat(proof.exact()).isFalse();
        assertThat(proof.text()).contains("'a' is tried less often than before");
        assertThat(StaticProof.of(FLOW, patient).exact()).isTrue();
    }

    /** Both decide on the same, so one answer goes to both: also one for which only the second has an edge. */
    @Test
    void conditionsThatDecideAlikeAreTriedWithTheLabelsOfAll() {
        String two = """
                version: 1
                id: flow
                inputs: [n]
                outputs: [out]
                nodes:
                  - {id: first, kind: condition, compare: {key: n, operator: greater-than, value: 100}, reads: [n], effects: none}
                  - {id: big, kind: function, runner: big, reads: [n], writes: [x], effects: none}
                  - {id: second, kind: condition, compare: {key: n, operator: greater-than, value: 100}, reads: [n], effects: none}
                  - {id: cut, kind: function, runner: cut, reads: [n], writes: [out], effects: none}
                  - {id: keep, kind: function, runner: keep, reads: [n], writes: [out], effects: none}
                edges:
                  - {from: first, to: big, when: "true"}
                  - {from: first, to: second}
                  - {from: big, to: second}
                  - {from: second, to: cut, when: "false"}
                  - {from: second, to: keep}
                """;
        Workflow original = WorkflowReader.read(two, "flow.yaml");
        Workflow uncut = original.withEdges(original.edges().stream()
                .map(edge -> "false".equals(edge.when()) ? edge.to("keep") : edge)
                .toList());

        assertThat(StaticProof.of(original, original).exact()).isTrue();
        assertThat(StaticProof.of(original, uncut).exact()).isFalse();
    }

    /** A text that looks like another value is another value. */
    @Test
    void valuesThatPrintAlikeAreNotTakenForOne() {
        Workflow yes = FLOW.mapNode(
                "b", node -> node.toBuilder().parameters(Map.of("dry", true)).build());
        Workflow text = FLOW.mapNode(
                "b", node -> node.toBuilder().parameters(Map.of("dry", "true")).build());
        Workflow words = FLOW.mapNode("b", node -> node.toBuilder()
                .body(new NodeBody.Command(List.of("mail", "a", "b"), List.of(), 100))
                .build());
        Workflow word = FLOW.mapNode("b", node -> node.toBuilder()
                .body(new NodeBody.Command(List.of("mail", "a, b"), List.of(), 100))
                .build());

        assertThat(StaticProof.of(yes, text).exact()).isFalse();
        assertThat(StaticProof.of(words, word).exact()).isFalse();
        assertThat(StaticProof.of(words, words).exact()).isTrue();
    }

    @Test
    void codeThatFillsSeveralKeysFillsThemByName() {
        String filling = """
                version: 1
                id: flow
                inputs: [text]
                outputs: [out]
                nodes:
                  - {id: f, kind: function, runner: f, reads: [text], writes: [a, b, out], copies: {out: a}, effects: none}
                """;
        String swapped = filling.replace("[a, b, out], copies: {out: a}", "[b, a, out], copies: {out: b}");

        assertThat(StaticProof.of(WorkflowReader.read(filling, "flow.yaml"), WorkflowReader.read(swapped, "flow.yaml"))
                        .exact())
                .isFalse();
    }

    @Test
    void nodesThatWereSeenToVaryAreNotTakenForOne() {
        Workflow fewer = after(new MergeNodes("a", "twin"));

        assertThat(StaticProof.of(FLOW, fewer).exact()).isTrue();
        assertThat(StaticProof.of(FLOW, fewer, Set.of("a", "twin")).exact()).isFalse();
        assertThat(StaticProof.of(FLOW, FLOW, Set.of("a", "twin")).exact()).isTrue();
    }

    @Test
    void aWorkflowEqualsItself() {
        StaticProof proof = StaticProof.of(FLOW, FLOW);
        assertThat(proof.exact()).isTrue();
        assertThat(proof.text()).contains("nothing was changed");
    }

    @Test
    void rewritesThatMoveRemoveAndMergeAreProved() {
        Workflow blocks =
                after(new Parallelize("block", List.of("a", "b", "twin", "unread"), NodeBody.ErrorStrategy.FAIL_FAST));
        assertThat(StaticProof.of(FLOW, blocks).text())
                .startsWith("exact: both versions")
                .contains("no output and no effect depends on what was changed");
        Workflow fewer = after(new RemoveNode("unread"), new MergeNodes("a", "twin"));
        assertThat(StaticProof.of(FLOW, fewer).text()).startsWith("exact: ").contains("'twin', 'unread'");
    }

    @Test
    void whatCouldMakeADifferenceIsNot() {
        assertThat(refusal(FLOW.mapNode(
                        "b", node -> node.toBuilder().parameters(Map.of("k", 1)).build())))
                .contains("could differ");
        assertThat(refusal(FLOW.mapNode("join", node -> node.toBuilder()
                        .state(List.of("x", "y"), List.of("out"))
                        .build())))
                .contains("the output 'out' could differ");
        assertThat(refusal(FLOW.withEdges(FLOW.edges().stream()
                        .map(edge ->
                                edge.maxTraversals() == null ? edge : new Edge(edge.from(), edge.to(), edge.when(), 1))
                        .toList())))
                .contains("not proved");
        assertThat(refusal(FLOW.withEdges(FLOW.edges().stream()
                        .map(edge -> "no".equals(edge.when()) ? edge.to("join") : edge)
                        .toList())))
                .contains("effects");
    }

    @Test
    void twoAnswersOfAnAgentAreNotTakenForOne() {
        Workflow agents = FLOW.mapNode("a", node -> node.toBuilder()
                        .body(new NodeBody.Agent("m", "p"))
                        .build())
                .mapNode("twin", node -> node.toBuilder()
                        .body(new NodeBody.Agent("m", "p"))
                        .build());
        Workflow merged = ((ChangeResult.Applied) new MergeNodes("a", "twin").apply(agents)).workflow();
        Workflow cascaded = agents.mapNode("a", node -> node.toBuilder()
                .policies(Policies.NONE.withCascade(new Policies.Cascade("cheap", false, null, 1, null)))
                .build());

        assertThat(StaticProof.of(agents, agents).exact()).isTrue();
        assertThat(StaticProof.of(agents, merged).exact()).isFalse();
        assertThat(StaticProof.of(agents, cascaded).exact()).isFalse();
    }

    @Test
    void aNodeMovedPastAnEffectMaySeeItAndIsNotProved() {
        List<Edge> edges = FLOW.edges().stream()
                .filter(edge -> !edge.from().equals("send") && !"no".equals(edge.when()))
                .collect(java.util.stream.Collectors.toList());
        edges.add(new Edge("gate", "join", "no", null));
        edges.add(Edge.of("join", "send"));

        assertThat(refusal(FLOW.withEdges(edges))).contains("could differ");
    }
}
