package dev.fettle.core.optimize;

import com.google.inject.Singleton;
import dev.fettle.core.concurrent.SideBySide;
import dev.fettle.core.definition.Configuration;
import jakarta.inject.Inject;

/** The processors that runs get: as configured, or fewer where running two at once showed so. */
@Singleton
final class Machine {
    private final int configured;
    private volatile double processors;

    @Inject
    Machine(Configuration configuration) {
        this(configuration.search().concurrency());
    }

    Machine(int configured) {
        this.configured = configured;
        this.processors = configured;
    }

    /** As configured. */
    int configured() {
        return configured;
    }

    /** To reckon with; at least 1. */
    double processors() {
        return processors;
    }

    /** Whether what two runs at once get tells of the machine that is configured: it is like this one, and has two processors. */
    boolean isMeasurable() {
        return configured == 2 && SideBySide.processors() == 2;
    }

    /** Forgets what was measured of another project, or at another time. */
    void forget() {
        processors = configured;
    }

    /**
     * Hears how much slower computing is while two runs go at once.
     *
     * @param slowdown 1 where it is not
     */
    void slowed(double slowdown) {
        processors = Math.max(1, configured / Math.max(1, slowdown));
    }
}
