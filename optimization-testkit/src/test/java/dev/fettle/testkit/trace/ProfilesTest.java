package dev.fettle.testkit.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.profile.Transition;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ProfilesTest {
    private static final List<ExecutionTrace> TRACES = List.of(
            TraceBuilder.run("1")
                    .ran("a", o -> o.seconds(1).toolCall("t", "x", "r", 0.5).modelCall("m", 100, 10))
                    .ran("b", o -> o.seconds(3))
                    .build(),
            TraceBuilder.run("2")
                    .ran("a", o -> o.seconds(2).toolCall("t", "x", "r", 0.5).toolCall("t", "x", "s", 0.5))
                    .ran("b", o -> o.at(1).seconds(3).failed("E"))
                    .build());

    private static NodeProfile node(PerformanceProfile profile, String id) {
        return Objects.requireNonNull(profile.nodes().get(id));
    }

    @Test
    void runsAreSummedUp() {
        PerformanceProfile profile = Profiles.of(TRACES);
        assertThat(profile.runs()).isEqualTo(2);
        assertThat(profile.success().value()).isEqualTo(0.5);
        assertThat(profile.duration().mean()).isEqualTo(Duration.ofSeconds(4));
        assertThat(profile.tokens().input()).isEqualTo(100);
        assertThat(profile.transitions()).containsExactly(new Transition("a", "b", 2, 1));
        assertThat(TRACES.get(1).status()).isEqualTo(Status.ERROR);
    }

    @Test
    void nodesAreSummedUp() {
        NodeProfile b = node(Profiles.of(TRACES), "b");
        assertThat(b.occurrences()).isEqualTo(2);
        assertThat(b.success().successes()).isEqualTo(1);
        assertThat(b.errors()).containsEntry("E", 1L);
        assertThat(b.share()).isEqualTo(0.75);
    }

    @Test
    void equalCallsAreComparedWithTheOnesBefore() {
        ToolProfile tool = Objects.requireNonNull(Profiles.of(TRACES).tools().get("t"));
        assertThat(tool.calls()).isEqualTo(3);
        assertThat(tool.repeatedCalls()).isEqualTo(1);
        assertThat(tool.repeatedSameResult()).isZero();
        assertThat(tool.determinism().successes()).isEqualTo(1);
        assertThat(tool.determinism().trials()).isEqualTo(2);
    }

    @Test
    void timeInsideAnOccurrenceIsNotItsOwn() {
        ExecutionTrace nested = TraceBuilder.run("n")
                .ran("outer", o -> o.seconds(3))
                .ran("inner", o -> o.at(1).seconds(1).parent("outer#0"))
                .build();
        NodeProfile outer = node(Profiles.of(List.of(nested)), "outer");
        assertThat(outer.duration().mean()).isEqualTo(Duration.ofSeconds(3));
        assertThat(outer.exclusive().mean()).isEqualTo(Duration.ofSeconds(2));
    }
}
