package dev.fettle.runtime.node;

import dev.fettle.runtime.cancel.CancelReason;
import dev.fettle.runtime.cancel.CancelScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one node to one tool that are made at the same time, each by itself. The first that fails, in the order of the
 * calls, fails all; the others are cancelled, and nothing of them outlives the node.
 */
final class ConcurrentCalls {
    private final Attempt attempt;
    private final int most;
    private final @Nullable String request;

    /**
     * @param most calls at a time; at least 1
     * @param request as in the trace's calls
     */
    ConcurrentCalls(Attempt attempt, int most, @Nullable String request) {
        this.request = request;
        this.attempt = attempt;
        this.most = most;
    }

    @SuppressWarnings("NullAway") // A tool may answer JSON null; the interface leaves that to its Javadoc.
    List<Object> call(String name, List<Map<String, Object>> calls) throws Exception {
        List<Object> results = new ArrayList<>();
        for (int from = 0; from < calls.size(); from += most) {
            results.addAll(together(name, calls.subList(from, Math.min(calls.size(), from + most))));
        }
        return results;
    }

    private List<Object> together(String name, List<Map<String, Object>> calls) throws Exception {
        try (CancelScope together = attempt.scope().child(() -> {})) {
            List<Future<Object>> answers = new ArrayList<>();
            for (Map<String, Object> arguments : calls) {
                // The workers are for members of blocks, one of which waits here.
                answers.add(attempt.run().threads().others().submit(() -> one(name, arguments, together)));
            }
            return collect(answers, together);
        }
    }

    private Object one(String name, Map<String, Object> arguments, CancelScope together) throws Exception {
        Thread thread = Thread.currentThread();
        try (CancelScope scope = together.child(thread::interrupt)) {
            if (scope.cancelled()) {
                throw new InterruptedException("the call of (" + name + ") was cancelled before it began");
            }
            return new ToolCaller(attempt.within(attempt.occurrence(), scope), request).call(name, arguments);
        }
    }

    private static List<Object> collect(List<Future<Object>> answers, CancelScope together) throws Exception {
        List<Object> results = new ArrayList<>();
        Exception first = null;
        boolean interrupted = false;
        for (Future<Object> answer : answers) {
            boolean waiting = true;
            while (waiting) {
                try {
                    results.add(answer.get());
                    waiting = false;
                } catch (InterruptedException e) {
                    interrupted = true;
                    together.cancel(failure());
                } catch (ExecutionException e) {
                    first = first == null ? cause(e) : first;
                    together.cancel(failure());
                    waiting = false;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (first != null) {
            throw first;
        }
        return results;
    }

    private static CancelReason failure() {
        return new CancelReason(CancelReason.Kind.FAILURE, "another call at the same time failed");
    }

    private static Exception cause(ExecutionException e) {
        @Nullable Throwable cause = e.getCause();
        return cause instanceof Exception exception ? exception : e;
    }
}
