package dev.fettle.runtime.record;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Processor time and allocated memory of one thread, where the virtual machine measures them. What other threads or
 * processes use on its behalf is not seen.
 */
public final class ResourceMeter {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long UNKNOWN = -1;

    private final long cpuNanos = currentCpuNanos();
    private final long allocatedBytes = currentAllocatedBytes();

    private ResourceMeter() {}

    /** Starts to measure the current thread. */
    public static ResourceMeter start() {
        return new ResourceMeter();
    }

    /** Processor time since the start; null where it is not measured. To be called on the thread that started. */
    public @Nullable Duration cpu() {
        long now = currentCpuNanos();
        return cpuNanos == UNKNOWN || now == UNKNOWN ? null : Duration.ofNanos(Math.max(0, now - cpuNanos));
    }

    /** Bytes allocated since the start; null where they are not counted. To be called on the thread that started. */
    public @Nullable Long allocatedBytes() {
        long now = currentAllocatedBytes();
        return allocatedBytes == UNKNOWN || now == UNKNOWN ? null : Math.max(0, now - allocatedBytes);
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
