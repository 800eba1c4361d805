package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.trace.Status;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a recording.
 *
 * @param inputHash as the run's trace has it
 * @param calls in order of their end
 */
@Evolving
public record RecordedRun(
        String id, Map<String, Object> input, String inputHash, Status status, List<RecordedCall> calls) {
    public RecordedRun {
        input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
        calls = List.copyOf(calls);
    }
}
