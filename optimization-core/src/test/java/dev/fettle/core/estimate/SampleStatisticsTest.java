package dev.fettle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampleStatisticsTest {
    private static ExecutionTrace run(long millis, @Nullable Duration cpu) {
        NodeOccurrence occurrence = NodeOccurrence.builder("1", "count")
                .duration(Duration.ofMillis(millis))
                .cpu(cpu)
                .build();
        return GeneratedRuns.trace("run", Status.OK, millis * 1_000_000, List.of(occurrence));
    }

    @Test
    void processorTimeThatIsCountedCoarselyIsSharedOutOverAllRunsThatHaveIt() {
        SampleStatistics sample = SampleStatistics.of(
                List.of(run(12, Duration.ofMillis(10)), run(14, Duration.ofMillis(20)), run(50, null)));
        assertThat(sample.cpuShare("count")).isEqualTo(30 / 26.0, within(1e-12));
    }

    @Test
    void processorTimeThatWasNotRecordedIsNotKnown() {
        assertThat(SampleStatistics.of(List.of(run(12, null))).cpuShare("count"))
                .isNaN();
        assertThat(SampleStatistics.of(List.of()).cpuShare("count")).isNaN();
    }
}
