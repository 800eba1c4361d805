package dev.fettle.runtime.langgraph4j;

import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.record.RunClock;
import dev.fettle.runtime.record.TraceRecorder;
import dev.fettle.runtime.value.StateValue;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncCommandAction;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.bsc.langgraph4j.state.AgentState;
import org.jspecify.annotations.Nullable;

/**
 * One run of a graph that is recorded: its graph is compiled and invoked by the user, once; then there is a trace. Model and
 * tool calls inside nodes are not seen.
 *
 * @param <S> the state of the graph
 */
public final class GraphRecording<S extends AgentState> {
    private final Workflow workflow;
    private final StateGraph<S> graph;
    private final TraceRecorder recorder = new TraceRecorder(RunClock.start(Clock.systemUTC()));
    private final Map<String, OpenOccurrence> blocks = new ConcurrentHashMap<>();
    private final String id = UUID.randomUUID().toString();
    private volatile Status status = Status.OK;

    GraphRecording(ImportedGraph<S> imported, Workflow workflow) {
        this.workflow = workflow;
        this.graph = new GraphWriter<>(imported, workflow, ForkJoinPool.commonPool(), this).graph();
    }

    /** The graph whose nodes record. */
    public StateGraph<S> graph() {
        return graph;
    }

    /** What was recorded; to be called when the run has ended. The trace lasts from the start of this object to now. */
    public ExecutionTrace trace() {
        return recorder.trace(id, workflow.id(), recorder.clock().now(), status, null, 1);
    }

    AsyncNodeActionWithConfig<S> action(Node node, @Nullable String parent, AsyncNodeActionWithConfig<S> action) {
        return (state, config) -> {
            OpenOccurrence open = recorder.begin(node.id(), node.kind(), parent == null ? null : blocks.get(parent));
            if (!node.members().isEmpty()) {
                blocks.put(node.id(), open);
            }
            open.reads(values(state.data(), node.state().reads()));
            CompletableFuture<Map<String, Object>> done;
            try {
                done = action.apply(state, config);
            } catch (RuntimeException e) {
                done = CompletableFuture.failedFuture(e);
            }
            return done.whenComplete((updates, error) -> {
                if (error == null) {
                    open.writes(values(updates, updates.keySet()));
                }
                end(open, error);
            });
        };
    }

    AsyncCommandAction<S> condition(Node node, AsyncCommandAction<S> action) {
        return (state, config) -> {
            OpenOccurrence open = recorder.begin(node.id(), node.kind(), null);
            open.reads(values(state.data(), node.state().reads()));
            return action.apply(state, config).whenComplete((command, error) -> {
                if (error == null) {
                    command.gotoNodeSafe().ifPresent(open::label);
                }
                end(open, error);
            });
        };
    }

    private void end(OpenOccurrence open, @Nullable Throwable error) {
        if (error == null) {
            open.end(Status.OK, null, open.elapsed());
        } else {
            status = Status.ERROR;
            open.end(Status.ERROR, GraphWriter.cause(error).getClass().getSimpleName(), open.elapsed());
        }
    }

    /** Values that are no JSON, as objects of the user's own classes, have no hash and are left out. */
    private static Map<String, StateValue> values(Map<String, Object> data, Collection<String> keys) {
        Map<String, StateValue> values = new LinkedHashMap<>();
        for (String key : keys) {
            if (data.containsKey(key)) {
                try {
                    values.put(key, StateValue.of(data.get(key)));
                } catch (NotJsonException ignored) {
                    // An object of the user's own has no hash.
                }
            }
        }
        return values;
    }
}
