package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypicalRunTest {
    private static ExecutionTrace trace(String id, long millis, Status status) {
        return new ExecutionTrace(
                id, "flow", Instant.EPOCH, Duration.ofMillis(millis), status, true, null, Map.of(), List.of());
    }

    @Test
    void theMedianOfSuccessfulRunsIsShown() {
        List<ExecutionTrace> traces = List.of(
                trace("slow", 900, Status.OK),
                trace("failed", 1, Status.ERROR),
                trace("fast", 100, Status.OK),
                trace("middle", 300, Status.OK));

        assertThat(TypicalRun.of(traces)).map(ExecutionTrace::id).contains("middle");
    }

    @Test
    void aFailedRunIsBetterThanNone() {
        assertThat(TypicalRun.of(List.of(trace("failed", 1, Status.ERROR)))).isPresent();
        assertThat(TypicalRun.of(List.of())).isEmpty();
    }
}
