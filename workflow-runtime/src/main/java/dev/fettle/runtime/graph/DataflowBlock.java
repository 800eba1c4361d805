package dev.fettle.runtime.graph;

import dev.fettle.api.execute.Pause.Question;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.runtime.cancel.CancelReason;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.node.NodeFailure;
import dev.fettle.runtime.node.NodeOutcome;
import dev.fettle.runtime.node.RunContext;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.value.StateValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of a parallel node. Members start as soon as those that they wait for are done; no thread waits meanwhile, so
 * that nested blocks cannot starve each other of workers.
 */
final class DataflowBlock {
    private final RunContext run;
    private final Node node;
    private final NodeBody.Parallel body;
    private final List<Unit> units;
    private final MemberGraph graph;
    private final Merge merge;
    private final Map<String, StateValue> entry;
    private final CancelScope scope;
    private final OpenOccurrence occurrence;
    private final @Nullable Future<?> timer;
    private final CompletableFuture<NodeOutcome> done = new CompletableFuture<>();

    private final Progress[] progress;
    private final List<@Nullable Map<String, StateValue>> writes = new ArrayList<>();
    private final List<NodeFailure> failures = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private boolean over;

    private enum Progress {
        WAITING,
        RUNNING,
        DONE,
        /** Failed, cancelled, waiting for a person, or not started because of that. */
        LOST
    }

    private DataflowBlock(
            RunContext run,
            Node node,
            List<Unit> units,
            Map<String, StateValue> entry,
            CancelScope parentScope,
            @Nullable OpenOccurrence parent) {
        this.run = run;
        this.node = node;
        this.body = (NodeBody.Parallel) node.body();
        this.units = units;
        this.graph = new MemberGraph(body.members());
        this.merge = new Merge(node.id(), body.reducers());
        this.entry = entry;
        this.scope = parentScope.child(() -> {});
        this.progress = new Progress[units.size()];
        for (int i = 0; i < progress.length; i++) {
            progress[i] = Progress.WAITING;
            writes.add(null);
        }
        this.occurrence = run.recorder().begin(run.path(node), node.kind(), parent);
        occurrence.waits(graph.waits());
        this.timer = timer();
    }

    /** Starts a block; the future gives its outcome, or a {@link NodeFailure}, when all members have ended. */
    static CompletableFuture<NodeOutcome> start(
            RunContext run,
            Node node,
            List<Unit> units,
            Map<String, StateValue> entry,
            CancelScope scope,
            @Nullable OpenOccurrence parent) {
        DataflowBlock block = new DataflowBlock(run, node, units, entry, scope, parent);
        block.proceed();
        return block.done;
    }

    private @Nullable Future<?> timer() {
        Duration timeout = node.policies().timeout();
        if (timeout == null) {
            return null;
        }
        CancelReason reason = new CancelReason(
                CancelReason.Kind.NODE_TIMEOUT,
                "the parallel node (" + node.id() + ") took longer than its timeout (" + timeout + ")");
        return run.threads().after(timeout, () -> scope.cancel(reason));
    }

    /** Starts what can start, and ends the block where nothing runs or can start any more. */
    private void proceed() {
        List<Integer> ready = new ArrayList<>();
        boolean ended;
        synchronized (this) {
            for (int i = 0; i < progress.length; i++) {
                if (progress[i] == Progress.WAITING) {
                    progress[i] = next(i);
                    if (progress[i] == Progress.RUNNING) {
                        ready.add(i);
                    }
                }
            }
            ended = ready.isEmpty() && count(Progress.RUNNING) == 0 && !over;
            over |= ended;
        }
        ready.forEach(this::start);
        if (ended) {
            end();
        }
    }

    private Progress next(int member) {
        if (scope.cancelled()) {
            return Progress.LOST;
        }
        Progress next = Progress.RUNNING;
        for (int source : graph.sources(member)) {
            if (progress[source] == Progress.LOST) {
                return Progress.LOST;
            }
            if (progress[source] != Progress.DONE) {
                next = Progress.WAITING;
            }
        }
        return next;
    }

    private int count(Progress which) {
        int count = 0;
        for (Progress one : progress) {
            count += one == which ? 1 : 0;
        }
        return count;
    }

    private void start(int member) {
        Map<String, StateValue> state;
        try {
            state = view(member);
        } catch (NodeFailure e) {
            ended(member, null, e);
            return;
        }
        try {
            var unused = units.get(member)
                    .start(state, scope, occurrence)
                    .whenComplete((outcome, error) -> settle(member, outcome, error));
        } catch (RejectedExecutionException e) {
            ended(member, null, new NodeFailure("the run was cancelled", true, e));
        }
    }

    /** What a member sees: the state at the start of the block, and the writes of those that it waited for. */
    private synchronized Map<String, StateValue> view(int member) throws NodeFailure {
        Map<String, StateValue> written = new LinkedHashMap<>();
        for (int source : graph.sources(member)) {
            Map<String, StateValue> sourceWrites = writes.get(source);
            if (sourceWrites != null) {
                merge.add(written, sourceWrites);
            }
        }
        Map<String, StateValue> view = new LinkedHashMap<>(entry);
        view.putAll(written);
        Set<String> reads = graph.reads(member);
        if (reads != null) {
            view.keySet().retainAll(reads);
        }
        return view;
    }

    /** A defect here must not leave the block waiting for ever. */
    private void settle(int member, @Nullable NodeOutcome outcome, @Nullable Throwable error) {
        try {
            ended(member, outcome, error);
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(Unit.failure(e));
        }
    }

    private void ended(int member, @Nullable NodeOutcome outcome, @Nullable Throwable error) {
        boolean stop = false;
        synchronized (this) {
            if (outcome != null) {
                writes.set(member, outcome.updates());
                progress[member] = Progress.DONE;
            } else {
                progress[member] = Progress.LOST;
                NodeFailure failure = Unit.failure(error);
                if (failure.waits()) {
                    questions.addAll(failure.questions());
                } else if (!failure.cancelled()) {
                    failures.add(failure);
                    stop = body.onError() == NodeBody.ErrorStrategy.FAIL_FAST;
                }
            }
        }
        if (stop) {
            scope.cancel(new CancelReason(
                    CancelReason.Kind.FAILURE, "another member of the parallel node (" + node.id() + ") failed"));
        }
        proceed();
    }

    private void end() {
        Duration duration = occurrence.elapsed();
        if (timer != null) {
            timer.cancel(false);
        }
        CancelReason reason = scope.reason();
        scope.close();
        try {
            NodeOutcome outcome = outcome(reason);
            occurrence.writes(outcome.updates());
            occurrence.end(Status.OK, null, duration);
            done.complete(outcome);
        } catch (NodeFailure e) {
            occurrence.end(e.status(), e.status() == Status.ERROR ? type(e) : null, duration);
            done.completeExceptionally(e);
        }
    }

    private synchronized NodeOutcome outcome(@Nullable CancelReason reason) throws NodeFailure {
        if (reason != null && reason.kind() == CancelReason.Kind.NODE_TIMEOUT && failures.isEmpty()) {
            throw new NodeFailure(reason.message(), false, new TimeoutException(reason.message()));
        }
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        if (!failures.isEmpty()) {
            String all = failures.stream().map(NodeFailure::getMessage).collect(Collectors.joining("; "));
            throw new NodeFailure(
                    failures.size() + " members of the parallel node (" + node.id() + ") failed: " + all,
                    false,
                    failures.get(0).getCause());
        }
        if (!questions.isEmpty() && reason == null) {
            throw NodeFailure.waiting("the parallel node (" + run.path(node) + ") waits for a person", questions);
        }
        if (count(Progress.LOST) > 0) {
            throw new NodeFailure("the parallel node (" + node.id() + ") was cancelled", true, null);
        }
        Map<String, StateValue> merged = new LinkedHashMap<>();
        for (Map<String, StateValue> memberWrites : writes) {
            if (memberWrites != null) {
                merge.add(merged, memberWrites);
            }
        }
        return new NodeOutcome(merged, null);
    }

    private static String type(NodeFailure failure) {
        Throwable cause = failure.getCause();
        return (cause == null ? failure : cause).getClass().getSimpleName();
    }
}
