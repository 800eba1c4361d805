package dev.fettle.core.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Does independent tasks at the same time. Each task is done once, by one thread, and they are begun in their order; the
 * results come in that order too, whatever the number of threads.
 *
 * <p>The threads are of one call: they have the class loader of the caller, and no other work waits in their queue.
 */
public final class SideBySide {
    private SideBySide() {}

    /** One thread for each processor. */
    public static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * What the tasks give.
     *
     * @param threads at most, the caller's among them
     * @throws RuntimeException (or an error) of the first task that failed, when all are done
     */
    public static <T> List<T> of(List<? extends Supplier<? extends T>> tasks, int threads) {
        List<FutureTask<T>> all = new ArrayList<>();
        tasks.forEach(task -> all.add(new FutureTask<>(task::get)));
        // a task that another thread has begun is passed over
        Runnable work = () -> all.forEach(FutureTask::run);
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, tasks.size()); i++) {
            others.add(CompletableFuture.runAsync(work, SideBySide::start));
        }
        work.run();
        others.forEach(CompletableFuture::join);
        List<T> results = new ArrayList<>();
        all.forEach(task -> results.add(result(task)));
        return results;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fettle-side-by-side");
        thread.setDaemon(true);
        thread.start();
    }

    private static <T> T result(FutureTask<T> done) {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a task that is done was waited for", e);
        }
    }
}
