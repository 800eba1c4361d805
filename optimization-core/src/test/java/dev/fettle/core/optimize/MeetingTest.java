package dev.fettle.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.core.estimate.Interference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeetingTest {
    /** A node's seconds. */
    private record Took(String node, double seconds) {}

    /** A run of nodes one after the other, which compute all the time. */
    private static ExecutionResult run(Took... nodes) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        double end = 0;
        for (Took took : nodes) {
            occurrences.add(NodeOccurrence.builder(String.valueOf(occurrences.size()), took.node())
                    .start(duration(end))
                    .duration(duration(took.seconds()))
                    .cpu(duration(took.seconds()))
                    .build());
            end += took.seconds();
        }
        return run(end, occurrences);
    }

    private static ExecutionResult run(double seconds, List<NodeOccurrence> occurrences) {
        ExecutionTrace trace = new ExecutionTrace(
                "run", "flow", Instant.EPOCH, duration(seconds), Status.OK, true, null, Map.of(), occurrences);
        return new ExecutionResult(trace, Map.of(), Map.of(), null, List.of(), null, 0, 0);
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static Meeting meeting(ExecutionResult alone, ExecutionResult atOnce) {
        return Meeting.of(List.of(alone, alone), List.of(atOnce, atOnce)).orElseThrow();
    }

    private static Meeting slowed(double factor) {
        return meeting(run(new Took("pack", 1)), run(new Took("pack", factor)));
    }

    @Test
    void eachNodeHasASlowdownOfItsOwn() {
        Interference interference = Meeting.interference(List.of(meeting(
                run(new Took("pack", 1), new Took("parse", 3)), run(new Took("pack", 1.8), new Took("parse", 3.3)))));
        assertThat(interference.mean()).isCloseTo(1 + 1.1 / 4, within(1e-9));
        assertThat(interference.of("pack")).isCloseTo(1.8, within(0.01));
        assertThat(interference.of("parse")).isCloseTo(1.1, within(0.01));
    }

    @Test
    void ofANodeThatTakesNoTimeAMeasurementSaysNothing() {
        Interference interference = Meeting.interference(List.of(meeting(
                run(new Took("open", 1e-6), new Took("pack", 1)), run(new Took("open", 9e-6), new Took("pack", 1.5)))));
        assertThat(interference.of("open")).isCloseTo(1.5, within(0.01));
    }

    @Test
    void whatEndedWhenTheOtherRunHadEndedDidNotMeetIt() {
        ExecutionResult shorter = run(new Took("pack", 1));
        ExecutionResult longer = run(new Took("parse", 1), new Took("pack", 0.5));
        Meeting meeting = Meeting.of(
                        List.of(shorter, longer),
                        List.of(run(new Took("pack", 1.6)), run(new Took("parse", 1.2), new Took("pack", 0.5))))
                .orElseThrow();
        Interference interference = Meeting.interference(List.of(meeting));
        assertThat(interference.of("pack")).isCloseTo(1.6, within(0.01));
        assertThat(interference.of("parse")).isCloseTo(1.2, within(0.01));
    }

    @Test
    void whatHoldsOthersIsNotCountedTwice() {
        List<ExecutionResult> runs = new ArrayList<>();
        for (double factor : new double[] {1, 1.5}) {
            NodeOccurrence whole = NodeOccurrence.builder("0", "loop")
                    .duration(duration(2 * factor))
                    .build();
            NodeOccurrence inner = NodeOccurrence.builder("1", "pack")
                    .parent("0")
                    .duration(duration(2 * factor))
                    .cpu(duration(2 * factor))
                    .build();
            runs.add(run(2 * factor, List.of(whole, inner)));
        }
        Interference interference = Meeting.interference(List.of(meeting(runs.get(0), runs.get(1))));
        assertThat(interference.mean()).isCloseTo(1.5, within(1e-9));
        assertThat(interference.byNode()).containsOnlyKeys("pack");
    }

    @Test
    void aMeetingThatSomethingElseDisturbedCountsForNoMoreThanOneAfterTheOther() {
        double expected = (1.4 + 1.4 + 2) / 3;
        for (double disturbed : new double[] {2, 5, 90}) {
            Interference interference = Meeting.interference(List.of(slowed(1.4), slowed(disturbed), slowed(1.4)));
            assertThat(interference.mean()).as("%s", disturbed).isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void thatComputingGetsFasterBesideOthersIsChance() {
        Interference interference = Meeting.interference(List.of(slowed(0.9)));
        assertThat(interference).isEqualTo(new Interference(1, Map.of("pack", 1.0)));
    }
}
