package dev.fettle.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Processor time of commands, with that of the processes which they started and waited for. The system counts it for all
 * commands of this program together once they have ended, in hundredths of a second: so it is known only where one runs at a
 * time, is off by up to a hundredth for a single one, and right on average. Systems without {@code /proc} do not tell it.
 */
public final class ProcessMeter {
    private static final Path COUNTS = Path.of("/proc/self/stat");

    /** Of the times in that file, whatever the clock of the system is (proc(5), times(2)). */
    private static final Duration TICK = Duration.ofMillis(10);

    /** Positions behind the name, which may itself hold spaces and brackets: {@code cutime} and {@code cstime}. */
    private static final int USER = 13;

    private static final int SYSTEM = 14;

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicLong OVERLAPS = new AtomicLong();
    private static final long UNKNOWN = -1;

    private final boolean idle = RUNNING.get() == 0;
    private final long overlaps = OVERLAPS.get();
    private final long ticks = ticks();

    private ProcessMeter() {}

    /** Starts to measure. */
    public static ProcessMeter start() {
        return new ProcessMeter();
    }

    /** A command is about to be started. */
    static void begin() {
        if (RUNNING.getAndIncrement() > 0) {
            OVERLAPS.incrementAndGet();
        }
    }

    /** It has ended. */
    static void end() {
        RUNNING.decrementAndGet();
    }

    /**
     * Processor time of the commands that ended since the start; null where several ran at once, or the system does not tell
     * it.
     */
    public @Nullable Duration cpu() {
        if (!idle || ticks == UNKNOWN || OVERLAPS.get() != overlaps || RUNNING.get() > 0) {
            return null;
        }
        long now = ticks();
        return now == UNKNOWN ? null : TICK.multipliedBy(Math.max(0, now - ticks));
    }

    private static long ticks() {
        try {
            String counts = Files.readString(COUNTS, StandardCharsets.ISO_8859_1);
            String[] fields =
                    counts.substring(counts.lastIndexOf(')') + 1).strip().split(" ", -1);
            return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
        } catch (IOException | RuntimeException e) {
            // another system, or another form: it is not known
            return UNKNOWN;
        }
    }
}
