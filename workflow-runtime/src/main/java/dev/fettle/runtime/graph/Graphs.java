package dev.fettle.runtime.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncCommandAction;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.bsc.langgraph4j.action.Command;

/**
 * Workflows as compiled LangGraph4j graphs, each compiled once for as long as the workflow object is in use: compiling takes
 * several times as long as passing through the graph. A graph holds no run; its actions find the {@link GraphRun} that they
 * work for in the configuration of the call, so that one graph serves runs at the same time.
 */
public final class Graphs {
    private static final String PREFIX = "node:";
    private static final String RUN = "fettle.run";

    private final Cache<Workflow, CompiledGraph<WorkflowState>> fromEntry =
            Caffeine.newBuilder().weakKeys().build();

    /** Passes through the graph of a run's workflow, from a node of it. */
    void invoke(GraphRun run, Workflow workflow, String start, Map<String, Object> state) {
        CompiledGraph<WorkflowState> graph = start.equals(workflow.entry())
                ? fromEntry.get(workflow, key -> compile(key, start))
                : compile(workflow, start);
        graph.invoke(state, RunnableConfig.builder().putMetadata(RUN, run).build());
    }

    private static CompiledGraph<WorkflowState> compile(Workflow workflow, String start) {
        try {
            StateGraph<WorkflowState> graph = new StateGraph<>(Map.of(), new SharingSerializer());
            for (Node node : workflow.nodes()) {
                AsyncNodeActionWithConfig<WorkflowState> action =
                        (state, config) -> run(config).node(node, state);
                graph.addNode(PREFIX + node.id(), action);
            }
            graph.addEdge(StateGraph.START, PREFIX + start);
            for (Node node : workflow.nodes()) {
                addEdges(graph, node, workflow.outgoing(node.id()));
            }
            // The limit that users see is counted by the run.
            return graph.compile(
                    CompileConfig.builder().recursionLimit(Integer.MAX_VALUE).build());
        } catch (GraphStateException e) {
            throw new FettleException(
                    ErrorCode.INTERNAL,
                    "LangGraph4j refused the graph of (" + workflow.id() + "): " + e.getMessage(),
                    e);
        }
    }

    private static void addEdges(StateGraph<WorkflowState> graph, Node node, List<Edge> edges)
            throws GraphStateException {
        String from = PREFIX + node.id();
        if (edges.isEmpty()) {
            graph.addEdge(from, StateGraph.END);
        } else if (edges.size() == 1
                && edges.get(0).maxTraversals() == null
                && edges.get(0).when() == null) {
            graph.addEdge(from, name(edges.get(0).to()));
        } else {
            Map<String, String> targets = new LinkedHashMap<>();
            edges.forEach(edge -> targets.put(name(edge.to()), name(edge.to())));
            AsyncCommandAction<WorkflowState> choice = (state, config) -> CompletableFuture.completedFuture(
                    new Command(name(run(config).next(node.id()))));
            graph.addConditionalEdges(from, choice, targets);
        }
    }

    /** Node names get a prefix, so that none is a name that LangGraph4j reserves. */
    private static String name(String target) {
        return target.equals(Edge.END) ? StateGraph.END : PREFIX + target;
    }

    private static GraphRun run(RunnableConfig config) {
        return (GraphRun) config.metadata(RUN).orElseThrow();
    }
}
