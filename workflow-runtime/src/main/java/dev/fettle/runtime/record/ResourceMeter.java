package dev.fettle.runtime.record;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Processor time and allocated memory of one thread, where the virtual machine measures them. Where nothing else is measured
 * at the same time, what other threads of the program compute meanwhile counts as processor time too: a server that answers
 * it, threads that it started, the collection of its garbage. What other processes compute on its behalf is not seen.
 */
public final class ResourceMeter {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();
    private static final long UNKNOWN = -1;

    /** The processor time of a program may be counted as coarsely as this (times(2)); less of others is not told from none. */
    private static final long TICK_NANOS = 10_000_000;

    private static final AtomicInteger MEASURING = new AtomicInteger();
    private static final AtomicLong OVERLAPS = new AtomicLong();

    /** Read first, so that whatever starts from here on is noticed. */
    private final long overlaps = OVERLAPS.get();

    private final boolean first = MEASURING.getAndIncrement() == 0;
    private final long programNanos = programCpuNanos();
    private final long cpuNanos = currentCpuNanos();
    private final long allocatedBytes = currentAllocatedBytes();

    private ResourceMeter() {
        if (!first) {
            OVERLAPS.incrementAndGet();
        }
    }

    /** What was used. Both are null where they are not measured. */
    public record Used(@Nullable Duration cpu, @Nullable Long allocatedBytes) {}

    /** Starts to measure the current thread; {@link #stop} must follow on it. */
    public static ResourceMeter start() {
        return new ResourceMeter();
    }

    /** What was used since the start. */
    public Used stop() {
        long bytes = currentAllocatedBytes();
        long cpu = currentCpuNanos();
        long program = programCpuNanos();
        boolean alone = MEASURING.decrementAndGet() == 0 && first && OVERLAPS.get() == overlaps;
        return new Used(
                cpuNanos == UNKNOWN || cpu == UNKNOWN
                        ? null
                        : Duration.ofNanos(alone ? withOthers(cpu - cpuNanos, program) : Math.max(0, cpu - cpuNanos)),
                allocatedBytes == UNKNOWN || bytes == UNKNOWN ? null : Math.max(0, bytes - allocatedBytes));
    }

    private long withOthers(long own, long program) {
        boolean known = programNanos != UNKNOWN && program != UNKNOWN;
        long all = known ? program - programNanos : 0;
        return all - own > TICK_NANOS ? all : Math.max(0, own);
    }

    private static long programCpuNanos() {
        return SYSTEM instanceof com.sun.management.OperatingSystemMXBean hotspot
                ? hotspot.getProcessCpuTime()
                : UNKNOWN;
    }

    private static long currentCpuNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()
                ? THREADS.getCurrentThreadCpuTime()
                : UNKNOWN;
    }

    private static long currentAllocatedBytes() {
        return THREADS instanceof com.sun.management.ThreadMXBean hotspot
                        && hotspot.isThreadAllocatedMemorySupported()
                        && hotspot.isThreadAllocatedMemoryEnabled()
                ? hotspot.getThreadAllocatedBytes(Thread.currentThread().getId())
                : UNKNOWN;
    }
}
