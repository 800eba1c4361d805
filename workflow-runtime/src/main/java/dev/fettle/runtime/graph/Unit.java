package dev.fettle.runtime.graph;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.node.NodeFailure;
import dev.fettle.runtime.node.NodeOutcome;
import dev.fettle.runtime.node.NodeTask;
import dev.fettle.runtime.node.RunContext;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.value.StateValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A member of a block, ready to run. */
interface Unit {
    /** Starts it; the future gives its outcome or a {@link NodeFailure}. */
    CompletableFuture<NodeOutcome> start(
            Map<String, StateValue> state, CancelScope scope, @Nullable OpenOccurrence parent);

    static Unit of(RunContext run, Node node) {
        if (!node.members().isEmpty()) {
            List<Unit> members = of(run, node.members());
            return (state, scope, parent) -> DataflowBlock.start(run, node, members, state, scope, parent);
        }
        NodeTask task = new NodeTask(run, node);
        // What waits for members of its own must not take a worker from them.
        Executor executor = node.kind() == NodeKind.SUB_WORKFLOW || node.kind() == NodeKind.TEAM
                ? run.threads().others()
                : run.threads().workers();
        return (state, scope, parent) -> {
            CompletableFuture<NodeOutcome> done = new CompletableFuture<>();
            executor.execute(() -> perform(task, state, scope, parent, done));
            return done;
        };
    }

    static List<Unit> of(RunContext run, List<Node> nodes) {
        return nodes.stream().map(node -> of(run, node)).toList();
    }

    private static void perform(
            NodeTask task,
            Map<String, StateValue> state,
            CancelScope scope,
            @Nullable OpenOccurrence parent,
            CompletableFuture<NodeOutcome> done) {
        if (scope.cancelled()) {
            done.completeExceptionally(new NodeFailure("it was cancelled before it started", true, null));
            return;
        }
        NodeOutcome outcome;
        try {
            outcome = task.run(state, scope, parent);
        } catch (Throwable e) {
            done.completeExceptionally(e);
            return;
        }
        done.complete(outcome);
    }

    /** The failure that a future ended with. */
    static NodeFailure failure(@Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof NodeFailure failure
                ? failure
                : new NodeFailure("a defect in the runtime: " + cause, false, cause);
    }
}
