package dev.fettle.runtime.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The schedule of a block's tasks on a number of workers: each starts when those that it waits for have ended and a worker
 * is free, first ready first served. Times are in nanoseconds from the start of the block.
 */
final class BlockSchedule {
    private final List<Task> tasks = new ArrayList<>();
    private final int workers;

    BlockSchedule(int workers) {
        this.workers = workers;
    }

    /** Something that takes one worker. */
    static final class Task {
        private final int order;
        private final long nanos;
        private final List<Task> followers = new ArrayList<>();
        private int waitsFor;
        private long ready;
        private long start;

        private Task(int order, long nanos) {
            this.order = order;
            this.nanos = nanos;
        }

        long start() {
            return start;
        }

        long end() {
            return start + nanos;
        }
    }

    /** Adds a task that waits for others, which were added before. */
    Task add(long nanos, List<Task> waitsFor) {
        Task task = new Task(tasks.size(), Math.max(0, nanos));
        waitsFor.forEach(source -> source.followers.add(task));
        task.waitsFor = waitsFor.size();
        tasks.add(task);
        return task;
    }

    /** Places the tasks; the result is when the last one ends. */
    long run() {
        PriorityQueue<Task> ready = new PriorityQueue<>(
                Comparator.<Task>comparingLong(task -> task.ready).thenComparingInt(task -> task.order));
        PriorityQueue<Long> free = new PriorityQueue<>();
        for (int i = 0; i < Math.min(workers, Math.max(1, tasks.size())); i++) {
            free.add(0L);
        }
        tasks.stream().filter(task -> task.waitsFor == 0).forEach(ready::add);
        long end = 0;
        while (!ready.isEmpty()) {
            Task task = ready.remove();
            task.start = Math.max(task.ready, free.remove());
            free.add(task.end());
            end = Math.max(end, task.end());
            for (Task follower : task.followers) {
                follower.ready = Math.max(follower.ready, task.end());
                if (--follower.waitsFor == 0) {
                    ready.add(follower);
                }
            }
        }
        return end;
    }
}
