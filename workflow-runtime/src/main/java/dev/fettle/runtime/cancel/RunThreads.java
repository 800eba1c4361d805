package dev.fettle.runtime.cancel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one run: one that drives the graph, workers for members of blocks, a timer for time limits, and feeders
 * that write to processes. They are daemons, started when needed, and gone when the run is closed.
 */
public final class RunThreads {
    private final NamedThreads factory;
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor unbounded;
    private final ScheduledThreadPoolExecutor timer;

    public RunThreads(String runId, int maxConcurrency) {
        factory = new NamedThreads("fettle-" + runId);
        workers = new ThreadPoolExecutor(
                maxConcurrency, maxConcurrency, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        unbounded =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
        timer = new ScheduledThreadPoolExecutor(1, factory);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static final class NamedThreads implements ThreadFactory {
        private static final int PRUNE_AT = 64;

        private final String prefix;
        private final AtomicInteger count = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();

        NamedThreads(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, prefix + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            synchronized (threads) {
                if (threads.size() >= PRUNE_AT) {
                    threads.removeIf(old -> old.getState() == Thread.State.TERMINATED);
                }
                threads.add(thread);
            }
            return thread;
        }

        List<Thread> all() {
            synchronized (threads) {
                return List.copyOf(threads);
            }
        }
    }

    /** Runs members of blocks: at most as many at a time as the concurrency limit allows. */
    public Executor workers() {
        return workers;
    }

    /** Runs the graph, and what feeds processes; not for members. */
    public ExecutorService others() {
        return unbounded;
    }

    /** Runs a short task after a delay, unless it is cancelled before. */
    public ScheduledFuture<?> after(Duration delay, Runnable task) {
        return timer.schedule(task, nanos(delay), TimeUnit.NANOSECONDS);
    }

    /** The duration in nanoseconds; a century where it is longer, which no run waits for. */
    public static long nanos(Duration duration) {
        Duration longest = Duration.ofDays(36_500);
        return (duration.compareTo(longest) > 0 ? longest : duration).toNanos();
    }

    /**
     * Interrupts what still runs and waits for it. What waits in line for a worker is run here, since somebody waits for it:
     * its scope is to be cancelled before, so that it ends at once.
     *
     * @return false where a thread still runs after the wait
     */
    public boolean close(Duration wait) {
        timer.shutdownNow();
        List<Runnable> inLine = workers.shutdownNow();
        unbounded.shutdownNow();
        long deadline = System.nanoTime() + nanos(wait);
        // It is not for what was in line.
        boolean interrupted = Thread.interrupted();
        inLine.forEach(Runnable::run);
        boolean ended = true;
        for (Thread thread : factory.all()) {
            while (thread.isAlive()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    ended = false;
                    break;
                }
                try {
                    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }
}
