package dev.fettle.core.optimize;

import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What runs of a project gave.
 *
 * @param effects results of external effects, to be replayed in a dry run
 * @param errors why runs failed, one sentence each, without repetitions
 */
public record Runs(List<ExecutionTrace> traces, List<RecordedEffect> effects, List<String> errors) {
    public Runs {
        traces = List.copyOf(traces);
        effects = List.copyOf(effects);
        errors = List.copyOf(new ArrayList<>(new LinkedHashSet<>(errors)));
    }

    /** How many runs failed. */
    public long failed() {
        return traces.stream()
                .filter(trace -> trace.status() == Status.ERROR || trace.status() == Status.CANCELLED)
                .count();
    }
}
