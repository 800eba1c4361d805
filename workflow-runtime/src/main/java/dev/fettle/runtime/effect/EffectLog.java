package dev.fettle.runtime.effect;

import dev.fettle.api.FettleException;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.execute.ReplayRules;
import dev.fettle.api.workflow.Effects;
import dev.fettle.runtime.secret.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The outside calls of one run: made and recorded, or answered from a recording; or those of what in it runs {@linkplain
 * #ahead ahead} of a decision. Safe for use by several threads.
 */
public final class EffectLog {
    private final @Nullable Consumer<RecordedCall> recorder;
    private final Secrets secrets;
    private final ReplayRules rules;
    private final @Nullable Answers answers;
    private final List<RecordedEffect> happened = new ArrayList<>();
    private final List<RecordedCall> toHandOn = new ArrayList<>();
    private final EffectLog run;
    private final @Nullable EffectLog outer;
    private int answered;
    private boolean taken;
    private @Nullable FettleException unanswered;

    /**
     * @param runInput hash of the run's input, as its trace has it
     * @param secrets taken out of what is recorded
     */
    public EffectLog(EffectPolicy policy, String runInput, Secrets secrets) {
        recorder = policy instanceof EffectPolicy.Perform perform && perform.recorded() ? perform.recorder() : null;
        this.secrets = secrets;
        answers = policy instanceof EffectPolicy.Replay replay ? new Answers(replay, runInput) : null;
        rules = policy instanceof EffectPolicy.Replay replay ? replay.rules() : ReplayRules.EFFECTS;
        run = this;
        outer = null;
    }

    private EffectLog(EffectLog outer) {
        recorder = outer.recorder;
        secrets = outer.secrets;
        answers = outer.answers;
        rules = outer.rules;
        run = outer.run;
        this.outer = outer;
    }

    /**
     * A log of the same run for what runs ahead of a decision. What the recorded run never asked, since it decided at once,
     * stops the run only where it is taken.
     */
    public EffectLog ahead() {
        return new EffectLog(this);
    }

    /** The decision took what this log is for. */
    public void take() {
        synchronized (run) {
            taken = true;
            if (unanswered != null) {
                stop(unanswered);
            }
        }
    }

    /** No further call is answered here, and where this is taken, around it. */
    private void stop(FettleException reason) {
        unanswered = reason;
        if (outer != null && taken) {
            outer.stop(reason);
        }
    }

    private @Nullable FettleException stopped() {
        return unanswered != null || outer == null ? unanswered : outer.stopped();
    }

    /**
     * The answer to a call: what the code gives, or what is recorded.
     *
     * @param locality where the call goes
     * @param inside the calls that the code made, asked when it has ended
     * @throws FettleException where the call is to be answered and is not recorded; every later call then fails too
     * @throws RecordedFailure where the recorded call failed
     * @throws Exception what the code throws
     */
    public Asked ask(OutsideCall call, Locality locality, Callable<@Nullable Object> code, Supplier<Inside> inside)
            throws Exception {
        if (answers == null || !rules.answers(call.kind(), call.effects(), locality == Locality.OUTSIDE)) {
            return new Asked(made(call, code, inside), null);
        }
        boolean mayBeMade =
                locality == Locality.FREE || (rules.live() && !call.effects().mustKeep());
        RecordedCall found = answer(call, answers, mayBeMade);
        if (found == null) {
            return new Asked(made(call, code, inside), null);
        }
        if (found.failed()) {
            throw new RecordedFailure(found);
        }
        happened(call, found.result());
        return new Asked(found.result(), found);
    }

    /**
     * Hands the calls on to who records them, without secrets. To be called when the run has ended: to look for secrets takes
     * its time, and would count as that of the nodes.
     */
    public void handOn() {
        if (recorder == null) {
            return;
        }
        List<RecordedCall> calls;
        synchronized (run) {
            calls = List.copyOf(run.toHandOn);
            run.toHandOn.clear();
        }
        for (RecordedCall call : calls) {
            recorder.accept(withoutSecrets(call));
        }
    }

    private void keep(RecordedCall call) {
        if (recorder == null) {
            return;
        }
        OutsideCall asked = call.call();
        RecordedCall kept = new RecordedCall(
                asked.withInput(copy(asked.input())),
                copy(call.result()),
                call.errorType(),
                call.error(),
                call.duration(),
                call.modelCalls(),
                call.toolCalls());
        synchronized (run) {
            run.toHandOn.add(kept);
        }
    }

    /** As it is at this moment: who asked may change what it gave or got. */
    private static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, held) -> copy.put(key, copy(held)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(held -> copy.add(copy(held)));
            return copy;
        }
        return value;
    }

    private RecordedCall withoutSecrets(RecordedCall call) {
        OutsideCall asked = call.call();
        String error = call.error();
        return new RecordedCall(
                asked.withInput(secrets.value(asked.input())),
                secrets.value(call.result()),
                call.errorType(),
                error == null ? null : secrets.text(error),
                call.duration(),
                call.modelCalls(),
                call.toolCalls());
    }

    /** Whether calls of such a tool are answered from a recording. */
    public boolean answersTool(Effects effects, Locality locality) {
        return answers != null && rules.answers(OutsideCall.Kind.TOOL, effects, locality == Locality.OUTSIDE);
    }

    /** A call without external effects was made as one of a batch. */
    public void made(OutsideCall call, @Nullable Object value, Duration duration) {
        keep(RecordedCall.of(call, value, duration));
    }

    private @Nullable RecordedCall answer(OutsideCall call, Answers from, boolean mayBeMade) {
        synchronized (run) {
            FettleException before = stopped();
            if (before != null) {
                throw before;
            }
            RecordedCall found = from.take(call);
            if (found == null && !mayBeMade) {
                FettleException reason = Unanswered.of(call, from.recording());
                stop(reason);
                throw reason;
            }
            run.answered += found == null ? 0 : 1;
            return found;
        }
    }

    private @Nullable Object made(OutsideCall call, Callable<@Nullable Object> code, Supplier<Inside> inside)
            throws Exception {
        long start = System.nanoTime();
        Object value;
        try {
            value = code.call();
        } catch (InterruptedException e) {
            // Stopped from outside: that is no answer.
            throw e;
        } catch (Exception e) {
            record(call, null, RecordedFailure.type(e), e.getMessage(), start, inside.get());
            throw e;
        }
        record(call, value, null, null, start, inside.get());
        happened(call, value);
        return value;
    }

    private void record(
            OutsideCall call,
            @Nullable Object value,
            @Nullable String errorType,
            @Nullable String error,
            long start,
            Inside inside) {
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        keep(new RecordedCall(call, value, errorType, error, duration, inside.modelCalls(), inside.toolCalls()));
    }

    private void happened(OutsideCall call, @Nullable Object value) {
        if (call.effects().mustKeep()) {
            add(call, value);
        }
    }

    /** An answer; the value may be null. */
    public record Answer(@Nullable Object value) {}

    /** The answer of a person that was recorded for this question; empty where there is none. */
    public Optional<Answer> recordedAnswer(String node, String inputHash) {
        synchronized (run) {
            RecordedCall found = answers == null ? null : answers.take(person(node, inputHash));
            run.answered += found == null ? 0 : 1;
            return Optional.ofNullable(found).map(recorded -> new Answer(recorded.result()));
        }
    }

    /** A person, or what stands for one, answered a node. */
    public void answered(String node, String inputHash, @Nullable Object answer) {
        OutsideCall call = person(node, inputHash);
        keep(RecordedCall.of(call, answer, Duration.ZERO));
        add(call, answer);
    }

    private static OutsideCall person(String node, String inputHash) {
        return new OutsideCall(OutsideCall.Kind.NODE, node, node, Effects.EXTERNAL, inputHash, null);
    }

    /** What happened before the run was paused. */
    public void before(List<RecordedEffect> earlier) {
        synchronized (run) {
            run.happened.addAll(0, earlier);
        }
    }

    private void add(OutsideCall call, @Nullable Object value) {
        String tool = call.kind() == OutsideCall.Kind.NODE ? null : call.target();
        synchronized (run) {
            run.happened.add(new RecordedEffect(call.node(), tool, call.inputHash(), value));
        }
    }

    /** The external effects that were performed or answered, in order of their end. */
    public List<RecordedEffect> happened() {
        synchronized (run) {
            return List.copyOf(run.happened);
        }
    }

    /** How many calls were answered from a recording. */
    public int answered() {
        synchronized (run) {
            return run.answered;
        }
    }

    /** Why the run has to stop: a call that nothing recorded answers; null where there was none. */
    public @Nullable FettleException unanswered() {
        synchronized (run) {
            return stopped();
        }
    }
}
