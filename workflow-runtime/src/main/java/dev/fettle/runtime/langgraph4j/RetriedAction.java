package dev.fettle.runtime.langgraph4j;

import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.bsc.langgraph4j.state.AgentState;

/** Tries an action as often as its policy allows; the wait doubles. */
final class RetriedAction<S extends AgentState> implements AsyncNodeActionWithConfig<S> {
    private final AsyncNodeActionWithConfig<S> action;
    private final Policies.Retry retry;
    private final Executor executor;

    RetriedAction(AsyncNodeActionWithConfig<S> action, Policies.Retry retry, Executor executor) {
        this.action = action;
        this.retry = retry;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<Map<String, Object>> apply(S state, RunnableConfig config) {
        return attempt(state, config, retry.maxAttempts() - 1, retry.backoff());
    }

    private CompletableFuture<Map<String, Object>> attempt(S state, RunnableConfig config, int left, Duration wait) {
        CompletableFuture<Map<String, Object>> tried;
        try {
            tried = action.apply(state, config);
        } catch (RuntimeException e) {
            tried = CompletableFuture.failedFuture(e);
        }
        if (left <= 0) {
            return tried;
        }
        Executor later = CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, executor);
        return tried.exceptionallyCompose(error -> CompletableFuture.completedFuture(state)
                .thenComposeAsync(same -> attempt(same, config, left - 1, wait.multipliedBy(2)), later));
    }
}
