package dev.fettle.runtime.process;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Processes that end together, with everything that they started, and with this program. A variable in their environment
 * marks them, so that also those are found that have lost their parent. Safe for use by several threads.
 */
public final class ProcessGroup {
    private static final String MARK = "FETTLE_RUN_PROCESS";
    private static final AtomicLong COUNT = new AtomicLong();

    private final String mark = ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-" + System.nanoTime();
    private final AtomicBoolean used = new AtomicBoolean();

    /** Where this program is told to end while processes run, they end with it. */
    private final Thread atShutdown = new Thread(this::killMarked, "fettle-end-processes");

    /**
     * Starts a process of the group.
     *
     * @param builder gets one more variable in its environment
     * @throws IOException where it cannot be started, or the program is about to end
     */
    public Process start(ProcessBuilder builder) throws IOException {
        builder.environment().put(MARK, mark);
        if (used.compareAndSet(false, true)) {
            try {
                Runtime.getRuntime().addShutdownHook(atShutdown);
            } catch (IllegalStateException e) {
                throw new IOException("the program is about to end", e);
            }
        }
        return builder.start();
    }

    /** Ends what still runs of the group, after its last start. */
    public void killAll() {
        if (used.get()) {
            killMarked();
            try {
                Runtime.getRuntime().removeShutdownHook(atShutdown);
            } catch (IllegalStateException e) {
                // The program is about to end, and the hook runs.
            }
        }
    }

    private void killMarked() {
        ProcessTree.killMarked(MARK + "=" + mark);
    }
}
