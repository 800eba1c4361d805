package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Comparison;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopTest {
    private static final Node GATE = Node.builder(
                    "gate", new NodeBody.Condition(null, new Comparison("n", Comparison.Operator.AT_LEAST, 5)))
            .state(List.of("n"), List.of())
            .build();

    private static Bench counting() {
        return new Bench()
                .node("work", context -> Map.of("n", Bench.number(context, "n") + 1))
                .node("finish", context -> Map.of("done", context.state().get("n")));
    }

    private static Workflow loop(int limit, List<Edge> gateEdges) {
        List<Edge> edges = new java.util.ArrayList<>(List.of(Edge.of("work", "gate")));
        edges.addAll(gateEdges);
        edges.add(new Edge("gate", "work", "false", limit));
        return new Workflow(
                "loop",
                "work",
                Set.of("n"),
                Set.of("done"),
                List.of(
                        Bench.function("work", List.of("n"), List.of("n")).build(),
                        GATE,
                        Bench.function("finish", List.of("n"), List.of("done")).build()),
                edges,
                List.of(),
                false);
    }

    @Test
    void aLoopEndsWhenItsConditionSaysSo() {
        ExecutionResult result =
                counting().run(loop(100, List.of(Edge.when("gate", "finish", "true"))), Map.of("n", 0));

        assertThat(result.error()).isNull();
        assertThat(result.output()).containsEntry("done", 5);
        List<NodeOccurrence> gates = result.trace().occurrences().stream()
                .filter(occurrence -> occurrence.node().equals("gate"))
                .toList();
        assertThat(gates).extracting(NodeOccurrence::iteration).containsExactly(0, 1, 2, 3, 4);
        assertThat(gates).extracting(NodeOccurrence::label).containsExactly("false", "false", "false", "false", "true");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aLoopAtItsLimitTakesTheOneOtherEdge(int limit) {
        ExecutionResult result =
                counting().run(loop(limit, List.of(Edge.when("gate", "finish", "true"))), Map.of("n", -50));

        assertThat(result.error()).isNull();
        assertThat(result.output()).containsEntry("done", -50 + limit + 1);
    }

    @Test
    void aLoopAtItsLimitFailsWhereThereAreSeveralOtherEdges() {
        List<Edge> gateEdges = List.of(Edge.when("gate", "finish", "true"), Edge.when("gate", Edge.END, "maybe"));

        ExecutionResult result = counting().run(loop(3, gateEdges), Map.of("n", -50));

        assertThat(result.trace().status()).isEqualTo(Status.ERROR);
        assertThat(result.error())
                .contains("(gate)")
                .contains("(work)")
                .contains("3")
                .contains("maxTraversals");
        assertThat(result.state()).containsEntry("n", -46);
    }

    @Test
    void thousandsOfIterationsRunWithinTheirLimit() {
        Bench bench = counting().node("work", context -> Map.of("n", Bench.number(context, "n") + 1));

        ExecutionResult result =
                bench.run(loop(6000, List.of(Edge.when("gate", "finish", "true"))), Map.of("n", -5000));

        assertThat(result.error()).isNull();
        assertThat(result.output()).containsEntry("done", 5);
    }

    @Test
    void theStepLimitEndsARunAndNamesItsSetting() {
        Bench bench = counting().settings(Settings.with(settings -> settings.maxSteps = 50));

        ExecutionResult result =
                bench.run(loop(6000, List.of(Edge.when("gate", "finish", "true"))), Map.of("n", -5000));

        assertThat(result.error()).contains("50").contains("maxSteps");
        assertThat(result.trace().occurrences()).hasSize(50);
    }

    @Test
    void aConditionWithARunnerChoosesByItsLabelElseTheEdgeWithoutOne() {
        Bench bench = new Bench()
                .node("choose", context -> Map.of("label", context.state().get("which")))
                .node("left", context -> Map.of("out", "left"))
                .node("other", context -> Map.of("out", "other"));
        Workflow workflow = new Workflow(
                "choice",
                "choose",
                Set.of("which"),
                Set.of("out"),
                List.of(
                        Node.builder("choose", new NodeBody.Condition("choose", null))
                                .state(List.of("which"), List.of())
                                .effects(Effects.NONE)
                                .build(),
                        Bench.function("left", List.of(), List.of("out")).build(),
                        Bench.function("other", List.of(), List.of("out")).build()),
                List.of(Edge.when("choose", "left", "l"), Edge.of("choose", "other"), Edge.of("left", Edge.END)),
                List.of(),
                false);

        assertThat(bench.run(workflow, Map.of("which", "l")).output()).containsEntry("out", "left");
        assertThat(bench.run(workflow, Map.of("which", "x")).output()).containsEntry("out", "other");

        Workflow withoutElse =
                workflow.withEdges(List.of(Edge.when("choose", "left", "l"), Edge.when("choose", "other", "o")));
        assertThat(bench.run(withoutElse, Map.of("which", "x")).error())
                .contains("(choose)")
                .contains("(x)")
                .contains("[l, o]");
    }

    @Test
    void comparingWithAnOrderNeedsNumbers() {
        ExecutionResult result = counting()
                .node("work", context -> Map.of("n", "many"))
                .run(loop(3, List.of(Edge.when("gate", "finish", "true"))), Map.of("n", 0));

        assertThat(result.error()).contains("(gate)").contains("(n)").contains("numbers");
    }
}
