package dev.fettle.core.optimize;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many runs are made before those that count. What runs in this virtual machine takes several times as long until it is
 * compiled, and the compiler itself takes a processor: a profile from that time is one of another workflow than a dry run
 * sees later. So, beyond the runs that are asked for, warm-up goes on while the compiler is busy, up to a bound.
 *
 * <p>This does not promise a steady state, which many programs never reach (E. Barrett et al., Virtual Machine Warmup Blows Hot
 * and Cold, OOPSLA 2017).
 */
final class WarmUp {
    /** Part of the time of runs in which the compiler worked, above which it is busy. */
    private static final double BUSY = 0.1;

    /** Times what is asked for. */
    private static final int MOST = 3;

    private final int least;
    private final int round;
    private final LongSupplier nanos;
    private final LongSupplier compiledNanos;
    private final Deque<Moment> moments = new ArrayDeque<>();
    private int runs;

    private record Moment(long nanos, long compiledNanos) {}

    /**
     * @param least runs that are asked for; 0 for no warm-up
     * @param round so many runs, one for each input, tell how busy the compiler is
     */
    WarmUp(int least, int round) {
        this(least, round, System::nanoTime, WarmUp::compiledNanos);
    }

    /** @param compiledNanos that were spent compiling so far */
    WarmUp(int least, int round, LongSupplier nanos, LongSupplier compiledNanos) {
        this.least = least;
        this.round = round;
        this.nanos = nanos;
        this.compiledNanos = compiledNanos;
        moments.add(now());
    }

    private static long compiledNanos() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? TimeUnit.MILLISECONDS.toNanos(compiler.getTotalCompilationTime())
                : 0;
    }

    private Moment now() {
        return new Moment(nanos.getAsLong(), compiledNanos.getAsLong());
    }

    /** A run has ended. */
    void ran() {
        runs++;
        moments.add(now());
        if (moments.size() > round + 1) {
            moments.remove();
        }
    }

    /** Runs made so far. */
    int runs() {
        return runs;
    }

    /** @param mayGoOn whether runs beyond those that are asked for may be made */
    boolean done(boolean mayGoOn) {
        return runs >= least && (!mayGoOn || runs >= MOST * least || !busy());
    }

    private boolean busy() {
        Moment first = moments.getFirst();
        Moment last = moments.getLast();
        return last.compiledNanos() - first.compiledNanos() > BUSY * (last.nanos() - first.nanos());
    }
}
