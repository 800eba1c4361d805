package dev.fettle.runtime.langgraph4j;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.NearestName;
import dev.fettle.api.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncCommandAction;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.bsc.langgraph4j.internal.edge.Edge;
import org.bsc.langgraph4j.internal.edge.EdgeValue;
import org.bsc.langgraph4j.internal.node.Node;
import org.bsc.langgraph4j.state.AgentState;
import org.jspecify.annotations.Nullable;

/**
 * A {@code StateGraph} as Fettle sees it.
 *
 * <pre>{@code
 * ImportedGraph<MyState> imported = ImportedGraph.of("review", graph, Declarations.NONE
 *         .node("style", List.of("files"), List.of("style"), Effects.NONE)
 *         .node("secrets", List.of("files"), List.of("secrets"), Effects.NONE));
 * GraphRecording<MyState> run = imported.record();
 * run.graph().compile().invoke(input);
 * ExecutionTrace trace = run.trace();
 * ...
 * StateGraph<MyState> better = imported.optimized(plan.workflow());
 * }</pre>
 *
 * <p>A node becomes a function node. Conditional edges become a condition node, whose id is that of their node and
 * {@code #next}. Parallel edges become a parallel node, whose id is that of their node and {@code #parallel}.
 *
 * @param <S> the state of the graph
 */
public final class ImportedGraph<S extends AgentState> {
    static final String CONDITION = "#next";
    static final String BLOCK = "#parallel";

    private final StateGraph<S> graph;
    private final Workflow workflow;
    private final Map<String, AsyncNodeActionWithConfig<S>> actions;
    private final Map<String, AsyncCommandAction<S>> conditions;

    private ImportedGraph(
            StateGraph<S> graph,
            Workflow workflow,
            Map<String, AsyncNodeActionWithConfig<S>> actions,
            Map<String, AsyncCommandAction<S>> conditions) {
        this.graph = graph;
        this.workflow = workflow;
        this.actions = actions;
        this.conditions = conditions;
    }

    /**
     * Imports a graph.
     *
     * @param id of the workflow
     * @throws FettleException where it has a form that workflows do not have, or where a declaration is for nothing in it
     */
    public static <S extends AgentState> ImportedGraph<S> of(
            String id, StateGraph<S> graph, Declarations declarations) {
        return graph.reduce((nodes, edges) -> {
            if (!nodes.onlySubStateGraphNodes().isEmpty()) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        "the graph (" + id + ") has the sub-graph ("
                                + nodes.onlySubStateGraphNodes().get(0).id()
                                + "), which is not imported; expected a compiled one, which is a node like any other");
            }
            Map<String, AsyncNodeActionWithConfig<S>> actions = new LinkedHashMap<>();
            for (Node<S> node : nodes.elements) {
                actions.put(node.id(), action(node));
            }
            Map<String, AsyncCommandAction<S>> conditions = new LinkedHashMap<>();
            for (Edge<S> edge : edges.elements) {
                for (EdgeValue<S> target : edge.targets()) {
                    if (target.value() != null) {
                        conditions.put(
                                edge.sourceId() + CONDITION, target.value().action());
                    }
                }
            }
            Set<String> known = new TreeSet<>(actions.keySet());
            known.addAll(conditions.keySet());
            for (String declared : declarations.names()) {
                if (!known.contains(declared)) {
                    throw new FettleException(
                            ErrorCode.BAD_INPUT,
                            "there is a declaration for (" + declared + "), which the graph (" + id + ") does not have"
                                    + NearestName.hint(declared, new TreeSet<>(known)));
                }
            }
            Workflow workflow = new GraphStructure<>(id, actions.keySet(), edges.elements, declarations).workflow();
            return new ImportedGraph<>(graph, workflow, actions, conditions);
        });
    }

    private static <S extends AgentState> AsyncNodeActionWithConfig<S> action(Node<S> node) {
        try {
            return node.actionFactory().apply(CompileConfig.builder().build());
        } catch (GraphStateException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, "the node (" + node.id() + ") cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The structure, with what was declared. It can be analyzed and changed like any other workflow; it runs only as the
     * graph that {@link #optimized} gives, because its code is that of the graph.
     */
    public Workflow workflow() {
        return workflow;
    }

    /** The graph as it is, with nodes and conditional edges that record one run. */
    public GraphRecording<S> record() {
        return record(workflow);
    }

    /** A version of the workflow, recording one run. */
    public GraphRecording<S> record(Workflow version) {
        return new GraphRecording<>(this, version);
    }

    /** A version of the workflow as a graph. Members of parallel nodes run in the common pool. */
    public StateGraph<S> optimized(Workflow version) {
        return optimized(version, ForkJoinPool.commonPool());
    }

    /**
     * A version of the workflow as a graph with the code of the original.
     *
     * @param executor runs members of parallel nodes
     * @throws FettleException where the version has something that the graph has no code for
     */
    public StateGraph<S> optimized(Workflow version, Executor executor) {
        return new GraphWriter<>(this, version, executor, null).graph();
    }

    StateGraph<S> original() {
        return graph;
    }

    /** The code of a node; null where the graph has none for it. */
    @Nullable
    AsyncNodeActionWithConfig<S> action(String runner) {
        return actions.get(runner);
    }

    /** The code of conditional edges; null where the graph has none for it. */
    @Nullable
    AsyncCommandAction<S> condition(String runner) {
        return conditions.get(runner);
    }
}
