package dev.fettle.benchmarks.runtime;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.LangGraphExecutor;
import dev.fettle.runtime.settings.RuntimeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncNodeAction;
import org.bsc.langgraph4j.state.AgentState;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A chain of 50 nodes that each work for 1 ms and pass a text on: LangGraph4j alone, with the graph compiled before, against
 * a whole run of Fettle's executor, which compiles the graph, starts and ends its threads, checks and hashes the state and
 * records a trace.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RuntimeOverhead {
    private static final int NODES = 50;
    private static final long WORK_NANOS = 1_000_000;

    private final CompiledGraph<AgentState> bare = bare();
    private final LangGraphExecutor executor = new LangGraphExecutor();
    private final Workflow workflow = workflow();

    private static String work(String text) {
        long until = System.nanoTime() + WORK_NANOS;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return text.substring(1) + text.charAt(0);
    }

    private static CompiledGraph<AgentState> bare() {
        try {
            StateGraph<AgentState> graph = new StateGraph<>(AgentState::new);
            for (int i = 0; i < NODES; i++) {
                graph.addNode(
                        "n" + i,
                        AsyncNodeAction.node_async(state ->
                                Map.of("text", work(state.<String>value("text").orElse("")))));
                graph.addEdge(i == 0 ? StateGraph.START : "n" + (i - 1), "n" + i);
            }
            graph.addEdge("n" + (NODES - 1), StateGraph.END);
            return graph.compile(
                    CompileConfig.builder().recursionLimit(NODES + 10).build());
        } catch (GraphStateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Workflow workflow() {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(Node.builder("n" + i, new NodeBody.Function("work"))
                    .state(List.of("text"), List.of("text"))
                    .effects(Effects.NONE)
                    .build());
            if (i > 0) {
                edges.add(Edge.of("n" + (i - 1), "n" + i));
            }
        }
        return new Workflow("chain", "n0", Set.of("text"), Set.of("text"), nodes, edges, List.of(), false);
    }

    /** LangGraph4j alone. */
    @Benchmark
    public Object langGraph4j() {
        return bare.invoke(
                        Map.of("text", "a text of some length"),
                        RunnableConfig.builder().build())
                .orElseThrow()
                .data();
    }

    /** Fettle's executor, recording. */
    @Benchmark
    public ExecutionResult fettle() {
        ExecutionResult result = executor.execute(new ExecutionRequest(
                "run",
                workflow,
                Map.of("text", "a text of some length"),
                Path.of("."),
                Code.INSTANCE,
                NoModels.INSTANCE,
                new EffectPolicy.Perform(),
                Duration.ofMinutes(1),
                RuntimeSettings.DEFAULT));
        if (result.trace().occurrences().size() != NODES) {
            throw new IllegalStateException(String.valueOf(result.error()));
        }
        return result;
    }

    private enum Code implements Runners, NodeRunner {
        INSTANCE;

        @Override
        public Map<String, Object> run(NodeContext context) {
            return Map.of("text", work(String.valueOf(context.state().get("text"))));
        }

        @Override
        public Optional<NodeRunner> nodeRunner(String name) {
            return Optional.of(this);
        }

        @Override
        public Optional<ToolRunner> toolRunner(String name) {
            return Optional.empty();
        }

        @Override
        public SortedSet<String> nodeRunnerNames() {
            return new TreeSet<>(Set.of("work"));
        }

        @Override
        public SortedSet<String> toolRunnerNames() {
            return new TreeSet<>();
        }
    }

    private enum NoModels implements ModelCatalogue {
        INSTANCE;

        @Override
        public Optional<ModelPrice> find(String model) {
            return Optional.empty();
        }

        @Override
        public Collection<ModelPrice> models() {
            return List.of();
        }

        @Override
        public OptionalDouble usd(String model, TokenUsage tokens) {
            return OptionalDouble.empty();
        }
    }
}
