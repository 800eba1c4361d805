package dev.fettle.runtime.tool.command;

import dev.fettle.runtime.cancel.CancelReason;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.cancel.RunThreads;
import dev.fettle.runtime.process.CommandFailedException;
import dev.fettle.runtime.process.Processes;
import java.time.Duration;
import java.util.concurrent.Future;

/** The processes of the command tools of a run. Closing it ends them with everything that they started. */
final class ToolProcesses implements AutoCloseable {
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final RunThreads threads = new RunThreads("tools", 1);
    private final Processes processes = new Processes(threads);

    byte[] run(Processes.Command command, CancelScope scope, Duration timeout)
            throws CommandFailedException, InterruptedException {
        CancelReason slow = new CancelReason(
                CancelReason.Kind.NODE_TIMEOUT,
                "the command took longer than the timeout of the tool (" + timeout + ")");
        Future<?> timer = threads.after(timeout, () -> scope.cancel(slow));
        try {
            return processes.run(command, scope);
        } catch (InterruptedException | CommandFailedException e) {
            CancelReason reason = scope.reason();
            if (reason != null && reason.kind() == CancelReason.Kind.NODE_TIMEOUT) {
                throw new CommandFailedException(reason.message());
            }
            throw e;
        } finally {
            timer.cancel(false);
        }
    }

    @Override
    public void close() {
        processes.killAll();
        threads.close(STOP_WAIT);
    }
}
