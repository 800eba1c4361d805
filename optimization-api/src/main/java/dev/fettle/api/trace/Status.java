package dev.fettle.api.trace;

import dev.fettle.api.Stable;

/** How a run, an occurrence or a call ended. */
@Stable
public enum Status {
    OK,
    ERROR,
    /** Stopped from outside: by a failure elsewhere, a limit or a person. */
    CANCELLED,
    /** Not recorded. Counted neither as success nor as failure. */
    UNKNOWN,
    /** Waits for a person, and can go on. Counted neither as success nor as failure. */
    PAUSED
}
