package dev.fettle.runtime.node;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.Pause.Question;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.runtime.cache.CacheKeys;
import dev.fettle.runtime.cache.Caches;
import dev.fettle.runtime.cache.ResultCache;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.effect.Asked;
import dev.fettle.runtime.effect.Locality;
import dev.fettle.runtime.effect.RecordedFailure;
import dev.fettle.runtime.human.PersonNeededException;
import dev.fettle.runtime.process.ProcessMeter;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.record.ResourceMeter;
import dev.fettle.runtime.resume.FinishedNodes;
import dev.fettle.runtime.value.StateValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a node that is not a parallel node: shows it what it declares to read, tries it under its policies, checks what it
 * wrote and records the occurrence. The time of an occurrence spans all attempts and the waits between them, and ends
 * before the results are checked and hashed.
 */
public final class NodeTask {
    private final RunContext run;
    private final Node node;
    private final String path;
    private final NodeCode code;
    private final Attempts attempts;

    public NodeTask(RunContext run, Node node) {
        this.run = run;
        this.node = node;
        this.path = run.path(node);
        this.code = NodeCodes.of(run, node);
        this.attempts = new Attempts(run, node, code);
    }

    /**
     * Whether the node as a whole counts as an external effect. Those of a sub-workflow are those of its nodes; a person's
     * answer is recorded with the question.
     */
    static boolean isEffect(Node node) {
        boolean never = node.kind() == NodeKind.HUMAN
                || node.kind() == NodeKind.SUB_WORKFLOW
                || (node.body() instanceof NodeBody.Condition condition && condition.comparison() != null);
        return node.effects().mustKeep() && !never;
    }

    /** Whether it is recorded and answered as a whole though a run may repeat it. */
    private boolean isHarmlessWhole() {
        boolean never = node.kind() == NodeKind.HUMAN
                || node.kind() == NodeKind.SUB_WORKFLOW
                || node.kind() == NodeKind.CONDITION;
        return node.effects() == Effects.IDEMPOTENT
                && !run.workflow().effectsOf(node).mustKeep()
                && !never;
    }

    /**
     * Runs the node on the current thread.
     *
     * @param state what is there; the node sees what it declares to read
     * @throws NodeFailure where it fails or is cancelled
     */
    public NodeOutcome run(Map<String, StateValue> state, CancelScope scope, @Nullable OpenOccurrence parent)
            throws NodeFailure {
        Map<String, StateValue> reads = reads(state);
        OpenOccurrence occurrence = run.recorder().begin(path, node.kind(), parent);
        FinishedNodes.Finished before = run.finished().find(path, occurrence.iteration());
        if (before != null) {
            return new NodeOutcome(before.updates(), before.label());
        }
        ResourceMeter meter = isMetered() ? ResourceMeter.start() : null;
        ProcessMeter processes = node.kind() == NodeKind.COMMAND ? ProcessMeter.start() : null;
        Map<String, @Nullable Object> result;
        try {
            result = result(reads, occurrence, scope);
        } catch (Throwable e) {
            Duration duration = occurrence.elapsed();
            resources(occurrence, meter, processes);
            occurrence.reads(reads);
            throw failure(e, duration, occurrence, scope);
        }
        Duration duration = occurrence.elapsed();
        resources(occurrence, meter, processes);
        occurrence.reads(reads);
        try {
            NodeOutcome outcome = outcome(result);
            occurrence.writes(outcome.updates());
            if (outcome.label() != null) {
                occurrence.label(outcome.label());
            }
            occurrence.end(Status.OK, null, duration);
            if (parent != null) {
                run.finished()
                        .add(new FinishedNodes.Finished(
                                path, occurrence.iteration(), outcome.updates(), outcome.label()));
            }
            return outcome;
        } catch (NotJsonException | UndeclaredWriteException | FettleException e) {
            throw failure(e, duration, occurrence, scope);
        }
    }

    /**
     * @param meter null where the thread says nothing
     * @param processes for a command, else null
     */
    private void resources(OpenOccurrence occurrence, @Nullable ResourceMeter meter, @Nullable ProcessMeter processes) {
        if (meter != null) {
            ResourceMeter.Used used = meter.stop();
            if (node.kind() != NodeKind.TEAM) {
                occurrence.resources(used.cpu(), used.allocatedBytes());
            }
        } else {
            occurrence.resources(processes == null ? null : processes.cpu(), null);
        }
    }

    /**
     * What a command uses is its process's, and what a sub-workflow uses is recorded for its nodes. What a team uses is spread
     * over threads: it is not recorded, and metered only so that nothing beside it takes it for its own.
     */
    private boolean isMetered() {
        return node.kind() != NodeKind.COMMAND && node.kind() != NodeKind.SUB_WORKFLOW;
    }

    private Map<String, StateValue> reads(Map<String, StateValue> state) {
        if (!node.state().known()) {
            return state;
        }
        Map<String, StateValue> reads = new LinkedHashMap<>();
        for (String key : node.state().reads()) {
            StateValue value = state.get(key);
            if (value != null) {
                reads.put(key, value);
            }
        }
        return reads;
    }

    private Map<String, @Nullable Object> result(
            Map<String, StateValue> reads, OpenOccurrence occurrence, CancelScope scope) throws Exception {
        Policies.Cache policy = node.policies().cache();
        if (policy == null || policy.tool() != null) {
            return performed(reads, occurrence, scope);
        }
        ResultCache<Caches.Cached> cache = run.caches().ofNode(run.cacheScope(), node, policy);
        Optional<String> key = new CacheKeys(policy, run.directory())
                .of(StateValue.jointHash(reads), StateValue.plain(reads), StateValue.hashes(reads));
        Optional<Caches.Cached> hit = key.flatMap(cache::get);
        if (hit.isPresent()) {
            return updates(hit.get().value());
        }
        long asked = cache.generation();
        Map<String, @Nullable Object> result = performed(reads, occurrence, scope);
        key.ifPresent(known -> cache.put(known, new Caches.Cached(result), asked));
        return result;
    }

    private Map<String, @Nullable Object> performed(
            Map<String, StateValue> reads, OpenOccurrence occurrence, CancelScope scope) throws Exception {
        if (!isEffect(node) && !isHarmlessWhole()) {
            return attempts.run(reads, occurrence, scope);
        }
        OutsideCall call = new OutsideCall(
                OutsideCall.Kind.NODE,
                path,
                path,
                node.effects(),
                StateValue.jointHash(reads),
                StateValue.plain(reads));
        Duration begun = run.recorder().clock().now();
        try {
            Asked asked = run.effects()
                    .ask(
                            call,
                            Locality.LOCAL,
                            () -> attempts.run(reads, occurrence, scope),
                            () -> occurrence.inside(begun));
            if (asked.recorded() != null) {
                occurrence.replayed(asked.recorded(), begun);
                if (node.policies().retry() == null) {
                    Attempts.requireInTime(
                            asked.recorded().duration(), node.policies().timeout());
                }
            }
            return updates(asked.value());
        } catch (RecordedFailure e) {
            if (e.isOf(call)) {
                occurrence.replayed(run.recorder().clock().now().minus(begun), e.duration());
            }
            throw e;
        }
    }

    @SuppressWarnings("unchecked") // The keys are checked; the values are checked with all updates.
    private Map<String, @Nullable Object> updates(@Nullable Object recorded) {
        if (recorded instanceof Map<?, ?> map && map.keySet().stream().allMatch(key -> key instanceof String)) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new FettleException(
                ErrorCode.BAD_INPUT,
                "the recorded result of the node (" + node.id() + ") is not a map of state keys; expected the updates"
                        + " that the node made");
    }

    private NodeOutcome outcome(Map<String, @Nullable Object> result)
            throws NotJsonException, UndeclaredWriteException {
        String label = null;
        Map<String, StateValue> updates = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry : result.entrySet()) {
            String key = entry.getKey();
            if (node.kind() == NodeKind.CONDITION && key.equals(NodeRunner.LABEL)) {
                label = String.valueOf(entry.getValue());
            } else {
                updates.put(key, value(key, entry.getValue()));
            }
        }
        if (node.kind() == NodeKind.CONDITION && label == null) {
            throw new FettleException(
                    ErrorCode.EXECUTION,
                    "the runner of the condition (" + node.id() + ") returned no label, but " + result.keySet()
                            + "; expected the key (" + NodeRunner.LABEL + ")");
        }
        node.copies().forEach((target, source) -> {
            StateValue value = updates.get(source);
            if (value != null) {
                updates.put(target, value);
            }
        });
        return new NodeOutcome(updates, label);
    }

    private StateValue value(String key, @Nullable Object value) throws NotJsonException, UndeclaredWriteException {
        if (node.state().known() && !node.state().writes().contains(key)) {
            throw new UndeclaredWriteException(
                    "it wrote the key (" + key + "), which it does not declare; expected only "
                            + node.state().writes() + ". Maybe add the key to its writes");
        }
        try {
            return StateValue.of(value);
        } catch (NotJsonException e) {
            throw e.of("the value that it wrote to (" + key + ")");
        }
    }

    private NodeFailure failure(Throwable error, Duration duration, OpenOccurrence occurrence, CancelScope scope) {
        if (scope.cancelled()) {
            occurrence.end(Status.CANCELLED, null, duration);
            return new NodeFailure("the node (" + path + ") was cancelled", true, error);
        }
        List<Question> questions = error instanceof PersonNeededException needed
                ? List.of(needed.question())
                : error instanceof NodeFailure nested ? nested.questions() : List.of();
        if (!questions.isEmpty()) {
            occurrence.end(Status.PAUSED, null, duration);
            return NodeFailure.waiting("the node (" + path + ") waits for a person", questions);
        }
        Throwable origin = error instanceof NodeFailure && error.getCause() != null ? error.getCause() : error;
        String errorType = RecordedFailure.type(error);
        occurrence.end(Status.ERROR, RecordedFailure.type(origin), duration);
        String message = error.getMessage();
        String what = message == null || message.isBlank() ? errorType : message;
        boolean typed = error instanceof FettleException
                || error instanceof UndeclaredWriteException
                || error instanceof NotJsonException
                || error instanceof NodeFailure;
        String type = typed || what.equals(errorType) ? "" : errorType + ": ";
        return new NodeFailure("the node (" + path + ") failed: " + type + what, false, origin);
    }
}
