package dev.fettle.core.validate;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The run to show to a person. */
public final class TypicalRun {
    private TypicalRun() {}

    /** The complete, successful trace whose duration is the median; of all traces where none is. Empty without traces. */
    public static Optional<ExecutionTrace> of(List<ExecutionTrace> traces) {
        List<ExecutionTrace> good = traces.stream()
                .filter(trace -> trace.complete() && trace.status() == Status.OK)
                .toList();
        List<ExecutionTrace> sorted = (good.isEmpty() ? traces : good)
                .stream()
                        .sorted(Comparator.<ExecutionTrace, Duration>comparing(ExecutionTrace::wallClock)
                                .thenComparing(ExecutionTrace::id))
                        .toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() - 1) / 2));
    }
}
