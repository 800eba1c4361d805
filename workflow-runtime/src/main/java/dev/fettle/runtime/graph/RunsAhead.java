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

    private record Ahead(RunContext run, CancelScope scope, CompletableFuture<NodeOutcome> outcome) {}

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
                RunContext own = run.ahead();
                CancelScope inside = scope.child(() -> {});
                CompletableFuture<NodeOutcome> outcome = Unit.of(own, node).start(state, inside, parent);
                var unused = outcome.whenComplete((done, failure) -> inside.close());
                running.put(id, new Ahead(own, inside, outcome));
            });
        }
    }

    /** The run of this node where it started ahead; null where it did not. All others have lost. */
    @Nullable
    CompletableFuture<NodeOutcome> take(String node) {
        Ahead chosen = running.remove(node);
        cancel();
        if (chosen == null) {
            return null;
        }
        chosen.run().recorder().take();
        chosen.run().effects().take();
        return chosen.outcome();
    }

    /** The decision went elsewhere, or there was none. */
    void cancel() {
        for (Ahead lost : running.values()) {
            lost.scope()
                    .cancel(new CancelReason(CancelReason.Kind.FAILURE, "the condition before it chose another node"));
            lost.run().recorder().lose();
        }
        running.clear();
    }
}
