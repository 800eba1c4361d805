package dev.fettle.runtime.retry;

import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import dev.fettle.api.workflow.Policies;
import dev.fettle.runtime.http.RetryAdvice;
import java.time.Duration;

/**
 * A node's retry policy for Failsafe: the wait doubles, and is longer where a server asks for it. Nobody waits more than an
 * hour for a server: such a failure is final.
 */
public final class Retries {
    private static final Duration LONGEST = Duration.ofHours(1);

    private Retries() {}

    /** To be built, with a listener where somebody wants to know. */
    public static <T> RetryPolicyBuilder<T> of(Policies.Retry retry) {
        return RetryPolicy.<T>builder().withMaxAttempts(retry.maxAttempts()).withDelayFn(context -> {
            Duration doubled = doubled(retry.backoff(), context.getAttemptCount() - 1);
            Duration advised = RetryAdvice.of(context.getLastException());
            return advised.compareTo(doubled) > 0 ? advised : doubled;
        });
    }

    /** Whether waiting as long as the server asks makes sense. */
    public static boolean worthTheWait(Throwable failure) {
        return failure instanceof Exception && RetryAdvice.of(failure).compareTo(LONGEST) <= 0;
    }

    private static Duration doubled(Duration backoff, int times) {
        Duration wait = backoff;
        for (int i = 0; i < times && wait.compareTo(LONGEST) <= 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait;
    }
}
