package dev.fettle.core.optimize;

import com.google.inject.Singleton;
import dev.fettle.core.concurrent.SideBySide;
import dev.fettle.core.definition.Configuration;
import jakarta.inject.Inject;
import java.util.OptionalDouble;

/** The processors that runs get: as configured, or fewer where running two at once showed so. */
@Singleton
final class Machine {
    private final int configured;
    private volatile OptionalDouble measured = OptionalDouble.empty();

    @Inject
    Machine(Configuration configuration) {
        this(configuration.search().concurrency());
    }

    Machine(int configured) {
        this.configured = configured;
    }

    /** As configured. */
    int configured() {
        return configured;
    }

    /** What two runs at once get of them, at least 1; empty where that was not measured. */
    OptionalDouble measured() {
        return measured;
    }

    /** Whether what two runs at once get tells of the machine that is configured: it is like this one, and has two processors. */
    boolean isMeasurable() {
        return configured == 2 && SideBySide.processors() == 2;
    }

    /** Forgets what was measured of another project, or at another time. */
    void forget() {
        measured = OptionalDouble.empty();
    }

    /**
     * Hears how much slower computing is while two runs go at once.
     *
     * @param slowdown 1 where it is not
     */
    void slowed(double slowdown) {
        measured = OptionalDouble.of(Math.max(1, configured / Math.max(1, slowdown)));
    }
}
