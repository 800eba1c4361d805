package dev.fettle.runtime.langgraph4j;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.fettle.api.workflow.Policies;
import dev.fettle.runtime.retry.Retries;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
        RetryPolicy<Map<String, Object>> policy = Retries.<Map<String, Object>>of(retry)
                .handleIf(Retries::worthTheWait)
                .build();
        return Failsafe.with(policy).with(executor).getStageAsync(() -> action.apply(state, config));
    }
}
