package dev.fettle.runtime;

import static dev.fettle.runtime.Bench.chain;
import static dev.fettle.runtime.Bench.function;
import static dev.fettle.runtime.Bench.number;
import static dev.fettle.runtime.Bench.occurrence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Comparison;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SubWorkflowTest {
    private final Bench bench = new Bench()
            .node("add", context -> Map.of("n", number(context, "n") + 1))
            .node("twice", context -> Map.of("n", number(context, "n") * 2))
            .node("fail", context -> {
                throw new IllegalStateException("broken");
            });

    private static Node sub(String id, String reference, String... keys) {
        return Node.builder(id, new NodeBody.SubWorkflow(reference))
                .state(List.of(keys), List.of(keys))
                .effects(Effects.NONE)
                .build();
    }

    private static Node step(String id) {
        return function(id, List.of("n"), List.of("n")).build();
    }

    @Test
    void itsResultGoesOnAndItsOccurrencesAreInsideTheNodes() {
        bench.workflows(Map.of("inner", chain(Set.of("n"), Set.of("n"), step("add"), step("twice"))));
        ExecutionResult result = bench.run(chain(Set.of("n"), Set.of("n"), sub("part", "inner", "n")), Map.of("n", 3));
        assertThat(result.output()).isEqualTo(Map.of("n", 8));
        NodeOccurrence part = occurrence(result, "part");
        assertThat(part.parent()).isNull();
        assertThat(result.trace().occurrences().stream().map(NodeOccurrence::node))
                .containsExactly("part", "part/add", "part/twice");
        assertThat(occurrence(result, "part/twice").parent()).isEqualTo(part.id());
        assertThat(part.end())
                .isGreaterThanOrEqualTo(occurrence(result, "part/twice").end());
    }

    @Test
    void keysOfTheSubWorkflowThatAreNoOutputsStayInside() {
        Workflow inner = chain(
                Set.of("n"),
                Set.of("n"),
                Node.builder("scratch", new NodeBody.Function("scratch"))
                        .state(List.of("n"), List.of("n", "hidden"))
                        .effects(Effects.NONE)
                        .build());
        bench.node("scratch", context -> Map.of("n", 1, "hidden", 2)).workflows(Map.of("inner", inner));
        ExecutionResult result = bench.run(chain(Set.of("n"), Set.of(), sub("part", "inner", "n")), Map.of("n", 3));
        assertThat(result.state()).isEqualTo(Map.of("n", 1));
    }

    @Test
    void itNests() {
        bench.workflows(Map.of(
                "outer", chain(Set.of("n"), Set.of("n"), step("add"), sub("deep", "inner", "n")),
                "inner", chain(Set.of("n"), Set.of("n"), step("twice"))));
        ExecutionResult result = bench.run(chain(Set.of("n"), Set.of("n"), sub("part", "outer", "n")), Map.of("n", 3));
        assertThat(result.output()).isEqualTo(Map.of("n", 8));
        assertThat(occurrence(result, "part/deep/twice").parent())
                .isEqualTo(occurrence(result, "part/deep").id());
    }

    @Test
    void recursionIsRefusedBeforeAnythingRuns() {
        List<String> ran = new ArrayList<>();
        bench.node("add", context -> {
                    ran.add("add");
                    return Map.of("n", 1);
                })
                .workflows(Map.of(
                        "a", chain(Set.of("n"), Set.of("n"), sub("b", "b", "n")),
                        "b", chain(Set.of("n"), Set.of("n"), sub("a", "a", "n"))));
        Workflow workflow = chain(Set.of("n"), Set.of("n"), step("add"), sub("part", "a", "n"));
        assertThatThrownBy(() -> bench.run(workflow, Map.of("n", 3)))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("refers to itself")
                .hasMessageContaining("part/b/a");
        assertThat(ran).isEmpty();
    }

    @Test
    void aDeclarationThatDoesNotFitIsRefused() {
        Workflow inner = chain(
                Set.of("n", "m"),
                Set.of("n"),
                Node.builder("add", new NodeBody.Function("add"))
                        .state(List.of("n"), List.of("n"))
                        .effects(Effects.EXTERNAL)
                        .build());
        bench.workflows(Map.of("inner", inner));
        assertThatThrownBy(() -> bench.run(chain(Set.of("n"), Set.of("n"), sub("part", "inner", "n")), Map.of("n", 3)))
                .hasMessageContaining("does not read [m]")
                .hasMessageContaining("declares the effects (none), and its workflow (test) has (external)");
    }

    @Test
    void obstaclesInsideAreFoundBeforeAnythingRuns() {
        bench.workflows(Map.of("inner", chain(Set.of("n"), Set.of("n"), step("missing"))));
        assertThatThrownBy(() -> bench.run(chain(Set.of("n"), Set.of("n"), sub("part", "inner", "n")), Map.of("n", 3)))
                .hasMessageContaining("in the sub-workflow of (part)")
                .hasMessageContaining("(missing)");
    }

    @Test
    void aFailureInsideFailsTheNodeAndTheRun() {
        bench.workflows(Map.of("inner", chain(Set.of("n"), Set.of("n"), step("fail"))));
        ExecutionResult result = bench.run(chain(Set.of("n"), Set.of("n"), sub("part", "inner", "n")), Map.of("n", 3));
        assertThat(result.trace().status()).isEqualTo(Status.ERROR);
        assertThat(result.error()).contains("(part)").contains("(part/fail)").contains("broken");
        assertThat(occurrence(result, "part").errorType()).isEqualTo("IllegalStateException");
    }

    @Test
    void itsTimeLimitStopsWhatRunsInside() {
        CountDownLatch never = new CountDownLatch(1);
        bench.node("wait", context -> {
                    never.await();
                    return Map.of("n", 1);
                })
                .workflows(Map.of("inner", chain(Set.of("n"), Set.of("n"), step("wait"))));
        Node limited = sub("part", "inner", "n").toBuilder()
                .policies(Policies.NONE.withTimeout(Duration.ofMillis(50)))
                .build();
        ExecutionResult result = bench.run(chain(Set.of("n"), Set.of("n"), limited), Map.of("n", 3));
        assertThat(result.trace().status()).isEqualTo(Status.ERROR);
        assertThat(occurrence(result, "part/wait").status()).isEqualTo(Status.CANCELLED);
        assertThat(occurrence(result, "part").errorType()).isEqualTo("TimeoutException");
    }

    @Test
    void subWorkflowsWithBlocksInABlockDoNotStarveEachOther() {
        Node inner = Node.builder(
                        "block",
                        new NodeBody.Parallel(
                                List.of(function("put", List.of("n"), List.of("k"))
                                        .build()),
                                ErrorStrategy.FAIL_FAST,
                                Map.of()))
                .effects(Effects.NONE)
                .build();
        bench.node("put", context -> Map.of("k", number(context, "n")))
                .workflows(Map.of("inner", chain(Set.of("n"), Set.of("k"), inner)))
                .settings(Settings.with(settings -> settings.maxConcurrency = 1));
        List<Node> members = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            members.add(Node.builder("part-" + i, new NodeBody.SubWorkflow("inner"))
                    .state(List.of("n"), List.of("k"))
                    .effects(Effects.NONE)
                    .build());
        }
        Node outer = Node.builder(
                        "all",
                        new NodeBody.Parallel(members, ErrorStrategy.FAIL_FAST, Map.of("k", NodeBody.Reducer.SUM)))
                .effects(Effects.NONE)
                .build();
        ExecutionResult result = bench.run(chain(Set.of("n"), Set.of("k"), outer), Map.of("n", 3));
        assertThat(result.error()).isNull();
        assertThat(String.valueOf(result.output().get("k"))).isEqualTo("15");
    }

    @Test
    void loopsInsideRunAndCountTheirIterations() {
        Node more = Node.builder(
                        "more", new NodeBody.Condition(null, new Comparison("n", Comparison.Operator.LESS_THAN, 6)))
                .state(List.of("n"), List.of())
                .effects(Effects.NONE)
                .build();
        Workflow inner = chain(Set.of("n"), Set.of("n"), step("add"), more)
                .withEdges(List.of(
                        Edge.of("add", "more"),
                        new Edge("more", "add", "true", 10),
                        Edge.when("more", Edge.END, "false")));
        bench.workflows(Map.of("inner", inner));
        ExecutionResult result = bench.run(chain(Set.of("n"), Set.of("n"), sub("part", "inner", "n")), Map.of("n", 3));
        assertThat(result.output()).isEqualTo(Map.of("n", 6));
        assertThat(result.trace().occurrences().stream()
                        .filter(one -> one.node().equals("part/add"))
                        .map(NodeOccurrence::iteration))
                .containsExactly(0, 1, 2);
    }
}
