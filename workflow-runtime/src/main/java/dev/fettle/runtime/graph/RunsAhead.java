package dev.fettle.runtime.graph;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.runtime.cancel.CancelReason;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.node.NodeOutcome;
import dev.fettle.runtime.node.RunContext;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.value.StateValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Nodes that started while the condition before them still decides. Used by the thread that drives the graph. */
final class RunsAhead {
    private final RunContext run;
    private final CancelScope scope;
    private final @Nullable OpenOccurrence parent;
    private final Map<String, Ahead> running = new LinkedHashMap<>();

    private record Ahead(String path, int iteration, CancelScope scope, CompletableFuture<NodeOutcome> outcome) {}

    RunsAhead(RunContext run, CancelScope scope, @Nullable OpenOccurrence parent) {
        this.run = run;
        this.scope = scope;
        this.parent = parent;
    }

    /** Starts what the condition's policy names. */
    void start(Node condition, Map<String, StateValue> state) {
        Policies.Speculation speculation = condition.policies().speculation();
        if (speculation == null) {
            return;
        }
        for (String id : speculation.nodes()) {
            run.workflow().node(id).ifPresent(node -> {
                CancelScope own = scope.child(() -> {});
                String path = run.path(node);
                int iteration = run.recorder().begun(path);
                running.put(
                        id, new Ahead(path, iteration, own, Unit.of(run, node).start(state, own, parent)));
            });
        }
    }

    /** The run of this node where it started ahead; null where it did not. All others have lost. */
    @Nullable
    CompletableFuture<NodeOutcome> take(String node) {
        Ahead chosen = running.remove(node);
        cancel();
        return chosen == null ? null : chosen.outcome();
    }

    /** The decision went elsewhere, or there was none. */
    void cancel() {
        for (Ahead lost : running.values()) {
            lost.scope()
                    .cancel(new CancelReason(CancelReason.Kind.FAILURE, "the condition before it chose another node"));
            run.recorder().lose(lost.path(), lost.iteration());
        }
        running.clear();
    }
}
