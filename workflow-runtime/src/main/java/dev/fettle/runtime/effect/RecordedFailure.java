package dev.fettle.runtime.effect;

import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import java.time.Duration;
import java.util.Objects;

/** A call that failed when it was recorded, and so fails again. */
public final class RecordedFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final Duration duration;
    private final transient OutsideCall call;

    RecordedFailure(RecordedCall recorded) {
        super(Objects.requireNonNullElse(recorded.error(), recorded.errorType()));
        this.type = Objects.requireNonNullElse(recorded.errorType(), "");
        this.duration = recorded.duration();
        this.call = recorded.call();
    }

    /** How long the call took to fail. */
    public Duration duration() {
        return duration;
    }

    /** Whether this call failed, and not one that was made inside it. */
    public boolean isOf(OutsideCall other) {
        return call.kind() == other.kind() && call.target().equals(other.target());
    }

    /** The type of an error as traces have it: the class, also of one that was recorded. */
    public static String type(Throwable error) {
        return error instanceof RecordedFailure failure
                ? failure.type
                : error.getClass().getSimpleName();
    }
}
