package dev.fettle.core.record;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Collects the outside calls of one run at a time. */
public final class CallLog implements Consumer<RecordedCall> {
    private final List<RecordedCall> calls = new ArrayList<>();

    @Override
    public synchronized void accept(RecordedCall call) {
        calls.add(call);
    }

    /** The run that has ended, with its calls; the next one starts with none. */
    public synchronized RecordedRun take(Map<String, Object> input, ExecutionResult result) {
        RecordedRun run = new RecordedRun(
                result.trace().id(),
                input,
                Objects.requireNonNullElse(result.trace().inputHash(), ""),
                result.trace().status(),
                calls);
        calls.clear();
        return run;
    }
}
