package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObstaclesTest {
    private static Workflow of(Node... nodes) {
        return Bench.chain(Set.of(), Set.of(), nodes);
    }

    private static Node node(String id, NodeBody body) {
        return Node.builder(id, body).state(List.of(), List.of()).build();
    }

    @Test
    void theExecutorIsFoundByItsName() {
        assertThat(ServiceLoader.load(WorkflowExecutor.class, ObstaclesTest.class.getClassLoader()))
                .singleElement()
                .satisfies(executor -> assertThat(executor.name()).isEqualTo("langgraph4j"));
    }

    @Test
    void anUnknownRunnerIsRefusedWithTheNearestName() {
        Bench bench = new Bench().node("read-files", context -> Map.of()).node("count-lines", context -> Map.of());

        assertThat(bench.obstacles(of(node("n", new NodeBody.Function("read-file")))))
                .singleElement()
                .asString()
                .contains("(read-file)")
                .contains("Maybe (read-files)");
        assertThat(new Bench().obstacles(of(node("n", new NodeBody.Function("x")))))
                .singleElement()
                .asString()
                .contains("there are none");
    }

    @Test
    void anUnknownToolRunnerIsRefusedWithTheNearestName() {
        Bench bench = new Bench().node("n", context -> Map.of()).tool("linear-search", arguments -> 1);
        Workflow plain = of(Bench.function("n", List.of(), List.of())
                .tools(Map.of("search", "search"))
                .build());
        ToolSpec tool = new ToolSpec("search", Set.of(), "linear-serch", Effects.NONE, Map.of(), null, false);
        Workflow workflow =
                new Workflow("w", "n", Set.of(), Set.of(), plain.nodes(), plain.edges(), List.of(tool), false);

        assertThat(bench.obstacles(workflow))
                .singleElement()
                .asString()
                .contains("(linear-serch)")
                .contains("Maybe (linear-search)");
    }

    @Test
    void aDiscoveredWorkflowIsRefused() {
        Workflow discovered = new Workflow(
                "seen",
                "n",
                Set.of(),
                Set.of(),
                List.of(node("n", new NodeBody.Function(null))),
                List.of(),
                List.of(),
                true);

        assertThat(new Bench().obstacles(discovered))
                .singleElement()
                .asString()
                .contains("(seen)")
                .contains("traces");
    }

    @Test
    void twoMembersThatWriteOneKeyWithoutAReducerAreRefusedBeforeAnythingRuns() {
        Bench bench = new Bench().node("a", context -> {
            throw new AssertionError("it ran");
        });
        bench.node("b", context -> Map.of());
        Node block = Node.builder(
                        "block",
                        new NodeBody.Parallel(
                                List.of(
                                        Bench.function("a", List.of(), List.of("k"))
                                                .build(),
                                        Bench.function("b", List.of(), List.of("k"))
                                                .build()),
                                ErrorStrategy.FAIL_FAST,
                                Map.of()))
                .build();

        assertThatThrownBy(() -> bench.run(of(block), Map.of()))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("(k)")
                .hasMessageContaining("reducer");
    }

    @Test
    void policiesThatCannotTakeEffectAreRefused() {
        Bench bench = new Bench().node("n", context -> Map.of());
        Policies.Cache cache = new Policies.Cache(null, null, 10, Policies.Cache.Eviction.LRU);
        Node external = Bench.function("n", List.of(), List.of())
                .effects(Effects.UNKNOWN)
                .policies(Policies.NONE.withCache(cache))
                .build();
        Node batched = Bench.function("n", List.of(), List.of())
                .policies(Policies.NONE.withBatch(new Policies.Batch("t", 4)))
                .build();

        assertThat(bench.obstacles(of(external))).singleElement().asString().contains("caches itself");
        assertThat(bench.obstacles(of(batched))).singleElement().asString().contains("batches");
    }

    @Test
    void anAgentNeedsAModelWithAnEndpoint() {
        Node agent = Node.builder("writer", new NodeBody.Agent("big-model", "Write"))
                .state(List.of(), List.of("text"))
                .build();

        assertThat(new Bench().obstacles(Bench.chain(Set.of(), Set.of("text"), agent)))
                .singleElement()
                .asString()
                .contains("(big-model)")
                .contains("fettle-extractive");
    }
}
