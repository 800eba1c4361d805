package dev.fettle.runtime.node;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.runtime.cancel.CancelReason;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.effect.RecordedFailure;
import dev.fettle.runtime.human.PersonNeededException;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.retry.Retries;
import dev.fettle.runtime.value.StateValue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tries a node as often as its retry policy allows, each time within its time limit. */
final class Attempts {
    private final RunContext run;
    private final Node node;
    private final NodeCode code;

    Attempts(RunContext run, Node node, NodeCode code) {
        this.run = run;
        this.node = node;
        this.code = code;
    }

    Map<String, @Nullable Object> run(Map<String, StateValue> reads, OpenOccurrence occurrence, CancelScope scope)
            throws Exception {
        Policies.Retry retry = node.policies().retry();
        if (retry == null) {
            return once(reads, occurrence, scope);
        }
        Wait wait = new Wait(scope);
        RetryPolicy<Map<String, @Nullable Object>> policy = Retries.<Map<String, @Nullable Object>>of(retry)
                .handleIf(e -> !scope.cancelled() && !waits(e) && Retries.worthTheWait(e))
                .onRetryScheduled(event -> {
                    occurrence.retried(RecordedFailure.type(event.getLastException()));
                    wait.begin();
                })
                .onRetry(event -> wait.end())
                .build();
        try {
            return Failsafe.with(policy).get(() -> once(reads, occurrence, scope));
        } catch (FailsafeException e) {
            throw e.getCause() instanceof Exception checked ? checked : e;
        } finally {
            wait.end();
        }
    }

    /** The time between two attempts, which a cancellation of the node ends. */
    private static final class Wait {
        private final CancelScope scope;
        private @Nullable CancelScope sleeping;

        Wait(CancelScope scope) {
            this.scope = scope;
        }

        void begin() {
            sleeping = scope.child(Thread.currentThread()::interrupt);
        }

        void end() {
            if (sleeping != null) {
                sleeping.close();
                sleeping = null;
                // The interrupt was meant for the wait.
                Thread.interrupted();
            }
        }
    }

    /** Whether it is not a failure, but waits for a person. */
    private static boolean waits(Throwable e) {
        return e instanceof PersonNeededException || (e instanceof NodeFailure failure && failure.waits());
    }

    private Map<String, @Nullable Object> once(
            Map<String, StateValue> reads, OpenOccurrence occurrence, CancelScope scope) throws Exception {
        Thread thread = Thread.currentThread();
        Duration timeout = node.policies().timeout();
        Future<?> timer = null;
        CancelScope attempt = scope.child(thread::interrupt);
        Duration begun = occurrence.elapsed().plus(occurrence.added());
        try {
            if (timeout != null) {
                CancelReason reason = new CancelReason(
                        CancelReason.Kind.NODE_TIMEOUT, "it took longer than its timeout (" + timeout + ")");
                timer = run.threads().after(timeout, () -> attempt.cancel(reason));
            }
            Map<String, @Nullable Object> result = code.run(new Attempt(run, node, reads, occurrence, attempt));
            stopIfCancelled(attempt);
            requireInTime(occurrence.elapsed().plus(occurrence.added()).minus(begun), timeout);
            return result;
        } catch (Exception e) {
            stopIfCancelled(attempt);
            throw e;
        } finally {
            if (timer != null) {
                timer.cancel(false);
            }
            attempt.close();
            // The interrupt was meant for this attempt; the thread goes on to other work.
            Thread.interrupted();
        }
    }

    /** A replayed call answers at once, and would have taken its recorded time. */
    static void requireInTime(Duration took, @Nullable Duration timeout) throws TimeoutException {
        if (timeout != null && took.compareTo(timeout) > 0) {
            throw new TimeoutException("by the recorded times of its calls it took " + took
                    + ", which is longer than its timeout (" + timeout + ")");
        }
    }

    /** Also where the code went on and returned: a result that comes too late is dropped. */
    private static void stopIfCancelled(CancelScope attempt) throws Exception {
        CancelReason reason = attempt.reason();
        if (reason != null) {
            throw reason.kind() == CancelReason.Kind.NODE_TIMEOUT
                    ? new TimeoutException(reason.message())
                    : new InterruptedException(reason.message());
        }
    }
}
