package dev.fettle.runtime.graph;

import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Node;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.node.NodeFailure;
import dev.fettle.runtime.node.NodeOutcome;
import dev.fettle.runtime.node.NodeTask;
import dev.fettle.runtime.node.RunContext;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.resume.Position;
import dev.fettle.runtime.value.StateValue;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a workflow on LangGraph4j. Each top-level node is a node of a LangGraph4j graph, a parallel node with all its
 * members too: LangGraph4j's own parallel branches join at barriers, and a dataflow block does not. Edges are chosen by a
 * {@link Router}.
 */
public final class GraphRun {
    private final Graphs graphs;
    private final RunContext run;
    private final CancelScope scope;
    private final Router router;
    private final Map<String, @Nullable String> labels = new LinkedHashMap<>();
    private volatile Map<String, StateValue> state;
    private volatile @Nullable NodeFailure failure;
    private final @Nullable OpenOccurrence parent;
    private final RunsAhead ahead;
    private String start;
    private final Map<String, Step> steps = new HashMap<>();
    private int taken;
    private volatile @Nullable Position position;

    /** @param state the input of the workflow; for a paused run its state then */
    public GraphRun(Graphs graphs, RunContext run, Map<String, StateValue> state, CancelScope scope) {
        this(graphs, run, state, scope, null);
    }

    private GraphRun(
            Graphs graphs,
            RunContext run,
            Map<String, StateValue> state,
            CancelScope scope,
            @Nullable OpenOccurrence parent) {
        this.graphs = graphs;
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
            Graphs graphs, RunContext run, Map<String, StateValue> input, CancelScope scope, OpenOccurrence parent)
            throws NodeFailure {
        GraphRun graph = new GraphRun(graphs, run, input, scope, parent);
        graph.run();
        return graph.state();
    }

    /** Goes on from a position instead of beginning at the entry. */
    public void resume(Position from) {
        start = from.node();
        taken = from.steps();
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
        try {
            graphs.invoke(this, run.workflow(), start, new LinkedHashMap<>(state));
        } catch (RuntimeException e) {
            NodeFailure known = failure;
            if (known != null) {
                throw known;
            }
            if (e instanceof FettleException refused) {
                throw refused;
            }
            throw new NodeFailure("the graph could not be run: " + e.getMessage(), false, e);
        } finally {
            ahead.cancel();
        }
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

    CompletableFuture<Map<String, Object>> node(Node node, WorkflowState current) {
        try {
            Step step = steps.computeIfAbsent(node.id(), id -> step(node));
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
        FettleException unanswered = run.effects().unanswered();
        if (unanswered != null) {
            throw new NodeFailure(String.valueOf(unanswered.getMessage()), false, unanswered);
        }
        if (++taken > run.settings().maxSteps()) {
            throw new NodeFailure(
                    "the run took more than " + run.settings().maxSteps() + " steps, which is the setting maxSteps."
                            + " Maybe lower the limits of its loops, or raise the setting",
                    false,
                    null);
        }
        if (run.people().attended() && !run.isNested()) {
            position = new Position(
                    node.id(), taken - 1, router.traversals(), run.recorder().iterations());
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
            String largest = Collections.max(
                    after.keySet(), Comparator.comparingLong(key -> Objects.requireNonNull(after.get(key))
                            .bytes()));
            throw new NodeFailure(
                    "after the node (" + node.id() + ") the state holds " + bytes + " bytes, most of them in the key ("
                            + largest + "), and the setting maxStateBytes allows "
                            + run.settings().maxStateBytes()
                            + ". Maybe keep large data in files and their paths in the state",
                    false,
                    null);
        }
    }

    String next(String node) {
        try {
            return router.next(node, labels.get(node));
        } catch (FettleException e) {
            failure = new NodeFailure(String.valueOf(e.getMessage()), false, e);
            throw e;
        }
    }
}
