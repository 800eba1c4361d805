package dev.fettle.core.trial;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures how many processors' worth of work this machine does when all of its processors are asked at once. It is less
 * than their number where they share caches, memory bandwidth or a core; nodes that compute side by side lose as much. The
 * best of some rounds counts, so that a short disturbance does not.
 */
public final class ProcessorProbe {
    private static final int ROUNDS = 7;
    private static final int WORDS = 60_000;

    private ProcessorProbe() {}

    /**
     * The effective number of processors, between 1 and the number asked for. Takes some hundred milliseconds.
     *
     * @param processors at least 1
     */
    public static double effective(int processors) {
        if (processors == 1) {
            return 1;
        }
        ExecutorService threads = Executors.newFixedThreadPool(processors, runnable -> {
            Thread thread = new Thread(runnable, "fettle-processor-probe");
            thread.setDaemon(true);
            return thread;
        });
        try {
            together(threads, processors);
            double alone = Double.POSITIVE_INFINITY;
            double full = Double.POSITIVE_INFINITY;
            for (int round = 0; round < ROUNDS; round++) {
                alone = Math.min(alone, together(threads, 1));
                full = Math.min(full, together(threads, processors));
            }
            return Math.max(1, Math.min(processors, processors * alone / full));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Seconds until as many copies of the work are done at once. */
    private static double together(ExecutorService threads, int copies) {
        long start = System.nanoTime();
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            running.add(threads.submit(ProcessorProbe::work));
        }
        try {
            for (Future<Integer> work : running) {
                work.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FettleException(ErrorCode.EXECUTION, "interrupted while measuring the processors", e);
        } catch (ExecutionException e) {
            throw new FettleException(ErrorCode.INTERNAL, "the measurement of the processors failed", e);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Counts words: text, hashing, boxing and allocation, as nodes that work on text do. */
    private static int work() {
        Map<String, Integer> counts = new HashMap<>();
        int state = 1;
        for (int i = 0; i < WORDS; i++) {
            state = state * 1_103_515_245 + 12_345;
            counts.merge("word" + (state >>> 16) % 5_000, 1, Integer::sum);
        }
        return counts.size();
    }
}
