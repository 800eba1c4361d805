package dev.fettle.runtime.graph;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.node.NodeFailure;
import dev.fettle.runtime.node.NodeOutcome;
import dev.fettle.runtime.node.NodeTask;
import dev.fettle.runtime.node.RunContext;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.resume.Position;
import dev.fettle.runtime.value.StateValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncEdgeAction;
import org.bsc.langgraph4j.action.AsyncNodeAction;
import org.jspecify.annotations.Nullable;

/**
 * One run of a workflow on LangGraph4j. Each top-level node is a node of a {@link StateGraph}, a parallel node with all its
 * members too: LangGraph4j's own parallel branches join at barriers, and a dataflow block does not. Edges are chosen by a
 * {@link Router}. Node names get a prefix, so that none is a name that LangGraph4j reserves.
 */
public final class GraphRun {
    private static final String PREFIX = "node:";

    private final RunContext run;
    private final CancelScope scope;
    private final Router router;
    private final Map<String, @Nullable String> labels = new LinkedHashMap<>();
    private volatile Map<String, StateValue> state;
    private volatile @Nullable NodeFailure failure;
    private final @Nullable OpenOccurrence parent;
    private final RunsAhead ahead;
    private String start;
    private int steps;
    private volatile @Nullable Position position;

    /** @param state the input of the workflow; for a paused run its state then */
    public GraphRun(RunContext run, Map<String, StateValue> state, CancelScope scope) {
        this(run, state, scope, null);
    }

    private GraphRun(
            RunContext run, Map<String, StateValue> state, CancelScope scope, @Nullable OpenOccurrence parent) {
        this.run = run;
        this.scope = scope;
        this.router = new Router(run.workflow());
        this.state = new TreeMap<>(state);
        this.start = run.workflow().entry();
        this.parent = parent;
        this.ahead = new RunsAhead(run, scope, parent);
    }

    /** Runs the workflow of a sub-workflow node. */
    public static Map<String, StateValue> nested(
            RunContext run, Map<String, StateValue> input, CancelScope scope, OpenOccurrence parent)
            throws NodeFailure {
        GraphRun graph = new GraphRun(run, input, scope, parent);
        graph.run();
        return graph.state();
    }

    /** Goes on from a position instead of beginning at the entry. */
    public void resume(Position from) {
        start = from.node();
        steps = from.steps();
        router.resume(from.traversals());
    }

    /** The last top-level node that was begun, and what came before it; null before the first. */
    public @Nullable Position position() {
        return position;
    }

    /** The state so far. */
    public Map<String, StateValue> state() {
        return state;
    }

    /**
     * Runs to the end on the current thread.
     *
     * @throws NodeFailure where a node failed or the run was cancelled
     */
    public void run() throws NodeFailure {
        CompiledGraph<WorkflowState> graph;
        try {
            graph = compile();
        } catch (GraphStateException e) {
            throw new FettleException(
                    ErrorCode.INTERNAL,
                    "LangGraph4j refused the graph of (" + run.workflow().id() + "): " + e.getMessage(),
                    e);
        }
        try {
            graph.invoke(new LinkedHashMap<>(state), RunnableConfig.builder().build());
        } catch (RuntimeException e) {
            NodeFailure known = failure;
            if (known != null) {
                throw known;
            }
            throw new NodeFailure("the graph could not be run: " + e.getMessage(), false, e);
        } finally {
            ahead.cancel();
        }
    }

    private CompiledGraph<WorkflowState> compile() throws GraphStateException {
        Workflow workflow = run.workflow();
        StateGraph<WorkflowState> graph = new StateGraph<>(Map.of(), new SharingSerializer());
        for (Node node : workflow.nodes()) {
            Step step = step(node);
            AsyncNodeAction<WorkflowState> action = current -> future(node, step, current);
            graph.addNode(PREFIX + node.id(), action);
        }
        graph.addEdge(StateGraph.START, PREFIX + start);
        for (Node node : workflow.nodes()) {
            List<Edge> edges = workflow.outgoing(node.id());
            if (edges.isEmpty()) {
                graph.addEdge(PREFIX + node.id(), StateGraph.END);
            } else if (edges.size() == 1
                    && edges.get(0).maxTraversals() == null
                    && edges.get(0).when() == null) {
                graph.addEdge(PREFIX + node.id(), name(edges.get(0).to()));
            } else {
                Map<String, String> targets = new LinkedHashMap<>();
                edges.forEach(edge -> targets.put(name(edge.to()), name(edge.to())));
                AsyncEdgeAction<WorkflowState> choice = current -> CompletableFuture.completedFuture(next(node.id()));
                graph.addConditionalEdges(PREFIX + node.id(), choice, targets);
            }
        }
        return graph.compile(CompileConfig.builder().recursionLimit(stepLimit()).build());
    }

    private static String name(String target) {
        return target.equals(Edge.END) ? StateGraph.END : PREFIX + target;
    }

    /** LangGraph4j counts the start and the end as steps too; the limit that users see is counted here. */
    private int stepLimit() {
        return (int) Math.min(Integer.MAX_VALUE, run.settings().maxSteps() + 10L);
    }

    /** One run of a top-level node. */
    private interface Step {
        NodeOutcome run(Map<String, StateValue> state) throws NodeFailure;
    }

    private Step step(Node node) {
        if (node.members().isEmpty() && !run.isNested()) {
            NodeTask task = new NodeTask(run, node);
            return current -> task.run(current, scope, null);
        }
        // In a nested run this thread is not a worker, so that the work itself is left to those.
        Unit unit = Unit.of(run, node);
        return current -> {
            try {
                return unit.start(current, scope, parent).join();
            } catch (RejectedExecutionException e) {
                throw new NodeFailure("the run was cancelled", true, e);
            } catch (CompletionException e) {
                throw Unit.failure(e);
            }
        };
    }

    private CompletableFuture<Map<String, Object>> future(Node node, Step step, WorkflowState current) {
        try {
            return CompletableFuture.completedFuture(perform(node, step, current));
        } catch (NodeFailure e) {
            failure = e;
            return CompletableFuture.failedFuture(e);
        }
    }

    private Map<String, Object> perform(Node node, Step step, WorkflowState current) throws NodeFailure {
        if (scope.cancelled()) {
            throw new NodeFailure("the run was cancelled before the node (" + node.id() + ")", true, null);
        }
        if (++steps > run.settings().maxSteps()) {
            throw new NodeFailure(
                    "the run took more than " + run.settings().maxSteps() + " steps, which is the setting maxSteps."
                            + " Maybe lower the limits of its loops, or raise the setting",
                    false,
                    null);
        }
        if (run.people().attended() && !run.isNested()) {
            position = new Position(
                    node.id(), steps - 1, router.traversals(), run.recorder().iterations());
        }
        NodeOutcome outcome = outcome(node, step, current.values());
        Map<String, StateValue> after = current.values();
        after.putAll(outcome.updates());
        checkSize(node, after);
        state = after;
        if (!run.isNested()) {
            run.finished().clear();
        }
        labels.put(node.id(), outcome.label());
        return new LinkedHashMap<>(outcome.updates());
    }

    private NodeOutcome outcome(Node node, Step step, Map<String, StateValue> current) throws NodeFailure {
        CompletableFuture<NodeOutcome> early = ahead.take(node.id());
        if (early == null) {
            ahead.start(node, current);
            return step.run(current);
        }
        try {
            return early.join();
        } catch (CompletionException e) {
            throw Unit.failure(e);
        }
    }

    private void checkSize(Node node, Map<String, StateValue> after) throws NodeFailure {
        long bytes = after.values().stream().mapToLong(StateValue::bytes).sum();
        if (bytes > run.settings().maxStateBytes()) {
            throw new NodeFailure(
                    "after the node (" + node.id() + ") the state holds " + bytes
                            + " bytes, and the setting maxStateBytes"
                            + " allows " + run.settings().maxStateBytes()
                            + ". Maybe keep large data in files and their paths in the state",
                    false,
                    null);
        }
    }

    private String next(String node) {
        try {
            return name(router.next(node, labels.get(node)));
        } catch (FettleException e) {
            failure = new NodeFailure(String.valueOf(e.getMessage()), false, e);
            throw e;
        }
    }
}
