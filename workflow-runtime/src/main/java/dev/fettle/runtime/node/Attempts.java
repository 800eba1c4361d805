package dev.fettle.runtime.node;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.runtime.cancel.CancelReason;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.cancel.RunThreads;
import dev.fettle.runtime.http.RetryAdvice;
import dev.fettle.runtime.human.PersonNeededException;
import dev.fettle.runtime.record.OpenOccurrence;
import dev.fettle.runtime.value.StateValue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tries a node as often as its retry policy allows, each time within its time limit. */
final class Attempts {
    private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);

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
        int left = retry == null ? 0 : retry.maxAttempts() - 1;
        Duration backoff = retry == null ? Duration.ZERO : retry.backoff();
        while (true) {
            Duration advised;
            try {
                return once(reads, occurrence, scope);
            } catch (Exception e) {
                if (scope.cancelled() || left == 0 || waits(e)) {
                    throw e;
                }
                occurrence.retried(e.getClass().getSimpleName());
                advised = RetryAdvice.of(e);
                if (advised.compareTo(LONGEST_BACKOFF) > 0) {
                    throw e;
                }
            }
            left--;
            sleep(advised.compareTo(backoff) > 0 ? advised : backoff, scope);
            backoff = backoff.compareTo(LONGEST_BACKOFF) > 0 ? backoff : backoff.multipliedBy(2);
        }
    }

    /** Whether it is not a failure, but waits for a person. */
    private static boolean waits(Exception e) {
        return e instanceof PersonNeededException || (e instanceof NodeFailure failure && failure.waits());
    }

    private Map<String, @Nullable Object> once(
            Map<String, StateValue> reads, OpenOccurrence occurrence, CancelScope scope) throws Exception {
        Thread thread = Thread.currentThread();
        Duration timeout = node.policies().timeout();
        Future<?> timer = null;
        CancelScope attempt = scope.child(thread::interrupt);
        try {
            if (timeout != null) {
                CancelReason reason = new CancelReason(
                        CancelReason.Kind.NODE_TIMEOUT, "it took longer than its timeout (" + timeout + ")");
                timer = run.threads().after(timeout, () -> attempt.cancel(reason));
            }
            Map<String, @Nullable Object> result = code.run(new Attempt(run, node, reads, occurrence, attempt));
            stopIfCancelled(attempt);
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

    /** Also where the code went on and returned: a result that comes too late is dropped. */
    private static void stopIfCancelled(CancelScope attempt) throws Exception {
        CancelReason reason = attempt.reason();
        if (reason != null) {
            throw reason.kind() == CancelReason.Kind.NODE_TIMEOUT
                    ? new TimeoutException(reason.message())
                    : new InterruptedException(reason.message());
        }
    }

    private static void sleep(Duration backoff, CancelScope scope) throws InterruptedException {
        Thread thread = Thread.currentThread();
        CancelScope sleeping = scope.child(thread::interrupt);
        try {
            TimeUnit.NANOSECONDS.sleep(RunThreads.nanos(backoff));
        } finally {
            sleeping.close();
            Thread.interrupted();
        }
    }
}
