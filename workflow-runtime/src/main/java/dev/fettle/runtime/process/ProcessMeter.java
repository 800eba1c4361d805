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
 * commands of this program together once they have ended, in hundredths of a second: so it is known only where no other ran
 * meanwhile, is off by up to a hundredth for a single one, and right on average. Systems without {@code /proc} do not tell it.
 */
public final class ProcessMeter {
    private static final Path COUNTS = Path.of("/proc/self/stat");

    /** Of the times in that file, whatever the clock of the system is (proc(5), times(2)). */
    private static final Duration TICK = Duration.ofMillis(10);

    /** Positions behind the name, which may itself hold spaces and brackets: {@code cutime} and {@code cstime}. */
    private static final int USER = 13;

    private static final int SYSTEM = 14;

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicLong BEGUN = new AtomicLong();
    private static final ThreadLocal<Long> BEGUN_HERE = ThreadLocal.withInitial(() -> 0L);
    private static final long UNKNOWN = -1;

    /** By other threads; read first, so that whatever begins from here on is noticed. */
    private final long begunElsewhere = begunElsewhere();

    private final boolean idle = RUNNING.get() == 0;
    private final long ticks = ticks();

    private ProcessMeter() {}

    /** Starts to measure the commands that the current thread will run; {@link #cpu} must follow on it. */
    public static ProcessMeter start() {
        return new ProcessMeter();
    }

    /** A command is about to be started by the current thread. */
    static void begin() {
        // first, so that who finds nothing running finds it begun later
        RUNNING.incrementAndGet();
        BEGUN.incrementAndGet();
        BEGUN_HERE.set(BEGUN_HERE.get() + 1);
    }

    /** It has ended. */
    static void end() {
        RUNNING.decrementAndGet();
    }

    private static long begunElsewhere() {
        return BEGUN.get() - BEGUN_HERE.get();
    }

    /**
     * Processor time of the commands that ended since the start; null where other threads ran some meanwhile, or the system
     * does not tell it.
     */
    public @Nullable Duration cpu() {
        long now = ticks();
        if (!idle || ticks == UNKNOWN || begunElsewhere() != begunElsewhere) {
            return null;
        }
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
