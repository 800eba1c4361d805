package dev.fettle.strategies.team.run;

import java.time.Duration;

/** Durations as seconds. */
final class Seconds {
    private Seconds() {}

    static double of(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
