package dev.fettle.runtime.langgraph4j;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.bsc.langgraph4j.state.AgentState;
import org.jspecify.annotations.Nullable;

/**
 * An action that fails when it is over its time, and is then told to stop: its thread is interrupted, or its future
 * cancelled. Code that heeds neither runs on.
 */
final class TimedAction<S extends AgentState> implements AsyncNodeActionWithConfig<S> {
    private final AsyncNodeActionWithConfig<S> action;
    private final Duration timeout;
    private final Executor executor;

    TimedAction(AsyncNodeActionWithConfig<S> action, Duration timeout, Executor executor) {
        this.action = action;
        this.timeout = timeout;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<Map<String, Object>> apply(S state, RunnableConfig config) {
        Call<S> call = new Call<>();
        CompletableFuture<Map<String, Object>> result = new CompletableFuture<>();
        executor.execute(() -> call.run(action, state, config, result));
        return result.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((updates, error) -> {
            if (error instanceof TimeoutException) {
                call.stop();
            }
        });
    }

    /** One call; the lock keeps an interrupt from reaching what the thread does next. */
    private static final class Call<S extends AgentState> {
        private boolean stopped;
        private @Nullable Thread thread;
        private @Nullable CompletableFuture<Map<String, Object>> under;

        void run(
                AsyncNodeActionWithConfig<S> action,
                S state,
                RunnableConfig config,
                CompletableFuture<Map<String, Object>> result) {
            synchronized (this) {
                if (stopped) {
                    return;
                }
                thread = Thread.currentThread();
            }
            try {
                CompletableFuture<Map<String, Object>> answer = action.apply(state, config);
                under(answer);
                CompletableFuture<?> unused = answer.whenComplete((updates, error) -> {
                    if (error == null) {
                        result.complete(updates);
                    } else {
                        result.completeExceptionally(GraphWriter.cause(error));
                    }
                });
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            } finally {
                left();
            }
        }

        private synchronized void under(CompletableFuture<Map<String, Object>> answer) {
            if (stopped) {
                answer.cancel(true);
            }
            under = answer;
        }

        /** The thread goes back to its pool, without the interrupt that was meant for the action. */
        private synchronized void left() {
            thread = null;
            if (stopped) {
                Thread.interrupted();
            }
        }

        synchronized void stop() {
            stopped = true;
            if (thread != null) {
                thread.interrupt();
            }
            if (under != null) {
                under.cancel(true);
            }
        }
    }
}
