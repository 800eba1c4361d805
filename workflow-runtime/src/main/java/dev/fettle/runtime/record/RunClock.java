package dev.fettle.runtime.record;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time of a run: monotonic, from its start. */
public final class RunClock {
    private final Instant startedAt;
    private final long startNanos;

    private RunClock(Instant startedAt, long startNanos) {
        this.startedAt = startedAt;
        this.startNanos = startNanos;
    }

    /** A clock that starts at zero; only the instant of the start is taken from the wall clock. */
    public static RunClock start(Clock wallClock) {
        return new RunClock(wallClock.instant(), System.nanoTime());
    }

    /**
     * A clock that goes on after a pause, which does not count.
     *
     * @param elapsed time of the run before the pause
     */
    public static RunClock resume(Instant startedAt, Duration elapsed) {
        return new RunClock(startedAt, System.nanoTime() - elapsed.toNanos());
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** Since the start of the run. */
    public Duration now() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
