package dev.fettle.cli;

import dev.fettle.api.ErrorCode;

/** What the process ends with. */
final class ExitCode {
    static final int DONE = 0;
    static final int CHECK_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int INTERNAL = 3;
    /** A run waits for a person. */
    static final int PAUSED = 4;

    private ExitCode() {}

    static int of(ErrorCode code) {
        return switch (code) {
            case EXECUTION -> CHECK_FAILED;
            case BAD_INPUT, USAGE, PLUGIN, LIMIT -> BAD_INPUT;
            case INTERNAL -> INTERNAL;
        };
    }
}
