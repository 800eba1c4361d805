package dev.fettle.runtime;

import static dev.fettle.runtime.Bench.chain;
import static dev.fettle.runtime.Bench.function;
import static dev.fettle.runtime.Bench.number;
import static dev.fettle.runtime.Bench.occurrence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.execute.Attendance;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Pause;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Comparison;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.settings.Unattended;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class HumanTest {
    private final Map<String, Integer> ran = new ConcurrentHashMap<>();
    private final Bench bench = new Bench()
            .node("draft", context -> {
                ran.merge("draft", 1, Integer::sum);
                return Map.of("text", "draft " + context.iteration());
            })
            .node("left", context -> {
                ran.merge("left", 1, Integer::sum);
                return Map.of("left", 1);
            })
            .node("after", context -> {
                ran.merge("after", 1, Integer::sum);
                return Map.of("done", context.state().get("answer") + "!");
            })
            .node("add", context -> {
                ran.merge("add", 1, Integer::sum);
                return Map.of("n", number(context, "n") + 1);
            });

    private static Node ask(String id, String reads, String writes) {
        return Node.builder(id, new NodeBody.Human("Is this right? {" + reads + "}"))
                .state(List.of(reads), List.of(writes))
                .build();
    }

    private static Workflow review() {
        return chain(
                Set.of(),
                Set.of("done"),
                function("draft", List.of(), List.of("text")).build(),
                ask("ask", "text", "answer"),
                function("after", List.of("answer"), List.of("done")).build());
    }

    private ExecutionResult paused(Workflow workflow, Map<String, Object> input) {
        ExecutionResult result = bench.attendance(new Attendance.Attended()).run(workflow, input);
        assertThat(result.trace().status()).isEqualTo(Status.PAUSED);
        assertThat(result.error()).isNull();
        return result;
    }

    /** As a caller does it: the checkpoint goes through a file. */
    private ExecutionResult resume(Workflow workflow, ExecutionResult paused, Map<String, Object> answers) {
        Pause pause = Objects.requireNonNull(paused.pause());
        try {
            ObjectMapper json = new ObjectMapper();
            Map<String, Object> read =
                    json.readValue(json.writeValueAsString(pause.checkpoint()), new TypeReference<>() {});
            return bench.attendance(new Attendance.Resumed(read, answers)).run(workflow, Map.of());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRunPausesAndGoesOnWithTheAnswerWithoutRunningAgainWhatIsDone() {
        ExecutionResult paused = paused(review(), Map.of());
        Pause pause = Objects.requireNonNull(paused.pause());
        assertThat(pause.questions())
                .containsExactly(new Pause.Question("ask", "Is this right? draft 0", List.of("answer")));
        assertThat(occurrence(paused, "ask").status()).isEqualTo(Status.PAUSED);
        ExecutionResult result = resume(review(), paused, Map.of("ask", "yes"));
        assertThat(result.error()).isNull();
        assertThat(result.pause()).isNull();
        assertThat(result.output()).isEqualTo(Map.of("done", "yes!"));
        assertThat(ran).isEqualTo(Map.of("draft", 1, "after", 1));
        assertThat(result.trace().occurrences().stream().map(NodeOccurrence::node))
                .containsExactly("draft", "ask", "after");
        assertThat(result.trace().occurrences().stream().map(NodeOccurrence::status))
                .containsOnly(Status.OK);
        assertThat(result.trace().startedAt()).isEqualTo(paused.trace().startedAt());
        assertThat(result.trace().inputHash()).isEqualTo(paused.trace().inputHash());
        assertThat(result.trace().wallClock()).isGreaterThan(paused.trace().wallClock());
    }

    @Test
    void withoutAnAnswerItPausesAgain() {
        ExecutionResult again = resume(review(), paused(review(), Map.of()), Map.of());
        assertThat(again.trace().status()).isEqualTo(Status.PAUSED);
        assertThat(resume(review(), again, Map.of("ask", "no")).output()).isEqualTo(Map.of("done", "no!"));
        assertThat(ran).containsEntry("draft", 1);
    }

    @Test
    void finishedMembersOfABlockAreNotRunAgain() {
        Node block = Node.builder(
                        "block",
                        new NodeBody.Parallel(
                                List.of(
                                        function("left", List.of(), List.of("left"))
                                                .build(),
                                        ask("ask", "left", "answer"),
                                        function("after", List.of("answer"), List.of("done"))
                                                .build(),
                                        ask("other", "left", "second")),
                                ErrorStrategy.FAIL_FAST,
                                Map.of()))
                .build();
        Workflow workflow = chain(Set.of(), Set.of(), block);
        ExecutionResult paused = paused(workflow, Map.of());
        assertThat(Objects.requireNonNull(paused.pause()).questions().stream().map(Pause.Question::id))
                .containsExactlyInAnyOrder("ask", "other");
        ExecutionResult half = resume(workflow, paused, Map.of("ask", "yes"));
        assertThat(half.trace().status()).isEqualTo(Status.PAUSED);
        ExecutionResult result = resume(workflow, half, Map.of("other", "well"));
        assertThat(new TreeMap<>(result.state()))
                .isEqualTo(Map.of("left", 1, "answer", "yes", "done", "yes!", "second", "well"));
        assertThat(ran).isEqualTo(Map.of("left", 1, "after", 1));
        assertThat(result.trace().occurrences()).hasSize(5);
        String parent = occurrence(result, "block").id();
        assertThat(result.trace().occurrences().stream()
                        .filter(one -> !one.node().equals("block"))
                        .map(NodeOccurrence::parent))
                .containsOnly(parent);
    }

    @Test
    void aLoopAsksEachTimeAndKeepsItsCounts() {
        Node good = Node.builder(
                        "good",
                        new NodeBody.Condition(null, new Comparison("answer", Comparison.Operator.EQUALS, "yes")))
                .state(List.of("answer"), List.of())
                .build();
        Workflow loop = chain(
                        Set.of(),
                        Set.of("text"),
                        function("draft", List.of(), List.of("text")).build(),
                        ask("ask", "text", "answer"),
                        good)
                .withEdges(List.of(
                        Edge.of("draft", "ask"),
                        Edge.of("ask", "good"),
                        new Edge("good", "draft", "false", 2),
                        Edge.when("good", Edge.END, "true")));
        ExecutionResult first = resume(loop, paused(loop, Map.of()), Map.of("ask", "no"));
        assertThat(Objects.requireNonNull(first.pause()).questions().get(0).prompt())
                .endsWith("draft 1");
        ExecutionResult second = resume(loop, first, Map.of("ask", "no"));
        assertThat(Objects.requireNonNull(second.pause()).questions().get(0).prompt())
                .endsWith("draft 2");
        // The edge back may be taken twice; then the other one is taken, whatever the answer is.
        ExecutionResult third = resume(loop, second, Map.of("ask", "no"));
        assertThat(third.trace().status()).isEqualTo(Status.OK);
        assertThat(third.output()).isEqualTo(Map.of("text", "draft 2"));
        assertThat(third.trace().occurrences()).hasSize(9);
    }

    @Test
    void aQuestionInASubWorkflowPausesTheWholeRun() {
        Workflow inner = chain(
                Set.of("n"),
                Set.of("n", "answer"),
                function("add", List.of("n"), List.of("n")).build(),
                ask("ask", "n", "answer"));
        Node part = Node.builder("part", new NodeBody.SubWorkflow("inner"))
                .state(List.of("n"), List.of("n", "answer"))
                .build();
        bench.workflows(Map.of("inner", inner));
        Workflow workflow = chain(Set.of("n"), Set.of("n", "answer"), part);
        ExecutionResult paused = paused(workflow, Map.of("n", 1));
        assertThat(Objects.requireNonNull(paused.pause()).questions())
                .containsExactly(new Pause.Question("part/ask", "Is this right? 2", List.of("answer")));
        assertThat(occurrence(paused, "part").status()).isEqualTo(Status.PAUSED);
        ExecutionResult result = resume(workflow, paused, Map.of("part/ask", List.of(1, 2)));
        assertThat(result.output()).isEqualTo(Map.of("n", 2, "answer", List.of(1, 2)));
        assertThat(ran).isEqualTo(Map.of("add", 1));
    }

    @Test
    void anAnswerToAQuestionThatIsNotAskedIsRefused() {
        ExecutionResult paused = paused(review(), Map.of());
        assertThatThrownBy(() -> resume(review(), paused, Map.of("aks", "yes")))
                .hasMessageContaining("(aks)")
                .hasMessageContaining("[ask]");
    }

    @Test
    void anotherDefinitionIsRefused() {
        ExecutionResult paused = paused(review(), Map.of());
        Workflow changed = review().mapNode("after", node -> node.toBuilder()
                .parameters(Map.of("loud", true))
                .build());
        assertThatThrownBy(() -> resume(changed, paused, Map.of("ask", "yes")))
                .hasMessageContaining("another definition");
    }

    @Test
    void aTextThatIsNoCheckpointIsRefused() {
        assertThatThrownBy(() -> bench.attendance(new Attendance.Resumed(Map.of("version", 1), Map.of()))
                        .run(review(), Map.of()))
                .hasMessageContaining("the checkpoint");
        assertThatThrownBy(() -> bench.attendance(new Attendance.Resumed(Map.of("state", 1), Map.of()))
                        .run(review(), Map.of()))
                .hasMessageContaining("the checkpoint cannot be read");
    }

    @Test
    void severalKeysTakeAnObject() {
        Workflow workflow = chain(
                Set.of(),
                Set.of("a", "b"),
                Node.builder("ask", new NodeBody.Human("Which?"))
                        .state(List.of(), List.of("a", "b"))
                        .build());
        ExecutionResult paused = paused(workflow, Map.of());
        assertThat(resume(workflow, paused, Map.of("ask", Map.of("a", 1, "b", 2)))
                        .output())
                .isEqualTo(Map.of("a", 1, "b", 2));
        assertThat(resume(workflow, paused, Map.of("ask", "one")).error()).contains("expected a JSON object");
    }

    @Test
    void nobodyThereIsAFailureThatSaysWhatToDo() {
        ExecutionResult result = bench.run(review(), Map.of());
        assertThat(result.trace().status()).isEqualTo(Status.ERROR);
        assertThat(result.error()).contains("(ask)").contains("nobody attends").contains("default");
    }

    @Test
    void theDefaultOfTheNodeAnswersWhereThatIsThePolicy() {
        bench.settings(Settings.with(settings -> settings.unattended = Unattended.DEFAULT));
        Workflow workflow = review().mapNode("ask", node -> node.toBuilder()
                .parameters(Map.of("default", "sure"))
                .build());
        assertThat(bench.run(workflow, Map.of()).output()).isEqualTo(Map.of("done", "sure!"));
        assertThat(bench.run(review(), Map.of()).error()).contains("no (default)");
    }

    @Test
    void aRecordedAnswerServesADryRun() {
        ExecutionResult real = resume(review(), paused(review(), Map.of()), Map.of("ask", "yes"));
        ExecutionResult dry = bench.attendance(new Attendance.Unattended())
                .effects(new EffectPolicy.Replay(real.effects()))
                .run(review(), Map.of());
        assertThat(dry.error()).isNull();
        assertThat(dry.output()).isEqualTo(real.output());
        assertThat(dry.effects()).isEqualTo(real.effects());
        ExecutionResult refused = bench.settings(Settings.with(settings -> settings.unattended = Unattended.REFUSE))
                .run(review(), Map.of());
        assertThat(refused.error()).contains("(refuse)");
    }

    @Test
    void effectsBeforeThePauseAreListedInTheEnd() {
        Workflow workflow = review().mapNode(
                        "draft",
                        node -> node.toBuilder().effects(Effects.EXTERNAL).build());
        ExecutionResult result = resume(workflow, paused(workflow, Map.of()), Map.of("ask", "yes"));
        assertThat(result.effects().stream().map(effect -> effect.node())).containsExactly("draft", "ask");
    }
}
