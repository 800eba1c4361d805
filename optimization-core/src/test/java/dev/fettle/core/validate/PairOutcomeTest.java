package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.core.validate.EffectTrail.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PairOutcomeTest {
    private static RunMeasure run(@Nullable String error, List<String> nodes, Act... acts) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        for (String node : nodes) {
            occurrences.add(
                    NodeOccurrence.builder(node + occurrences.size(), node).build());
        }
        ExecutionTrace trace = new ExecutionTrace(
                "run",
                "w",
                Instant.EPOCH,
                Duration.ofSeconds(1),
                error == null ? Status.OK : Status.ERROR,
                true,
                null,
                Map.of(),
                occurrences);
        EffectTrail effects = new EffectTrail(List.of(acts), List.of());
        return error == null
                ? new RunMeasure(1, RunCost.NONE, Map.of(), effects, null, trace)
                : RunMeasure.failed(error, effects, trace);
    }

    private static boolean oversteps(RunMeasure original, RunMeasure candidate) {
        return new PairOutcome(0, null, original, candidate, null, EffectDifference.SAME).oversteps();
    }

    private static Act mail(String node, String to) {
        return new Act(node, "mail", to);
    }

    @Test
    void anEffectThatTheFailedOriginalDidNotComeToIsOverstepped() {
        RunMeasure failed = run("no", List.of("check"));

        assertThat(oversteps(failed, run(null, List.of("send"), mail("send", "a"))))
                .isTrue();
        assertThat(oversteps(failed, run("no", List.of("check", "send"), mail("send", "a"))))
                .isTrue();
        assertThat(oversteps(failed, run("no", List.of("check")))).isFalse();
    }

    /** Each act counts, also where another is the same. */
    @Test
    void theSameEffectOnceMoreIsOverstepped() {
        RunMeasure failed = run("no", List.of("send", "check"), mail("send", "a"));

        assertThat(oversteps(failed, run(null, List.of("send", "send"), mail("send", "a"), mail("send", "a"))))
                .isTrue();
        assertThat(oversteps(failed, run(null, List.of("send", "check"), mail("send", "a"))))
                .isFalse();
    }

    @Test
    void whoeverReceivesTheEffectDoesNotSeeWhichNodeHadIt() {
        RunMeasure failed = run("no", List.of("first", "check"), mail("first", "a"));

        assertThat(oversteps(failed, run(null, List.of("second"), mail("second", "a"))))
                .isFalse();
        assertThat(oversteps(failed, run(null, List.of("second"), mail("second", "b"))))
                .isTrue();
    }

    /** The call itself failed: that the candidate's did not is chance. */
    @Test
    void anEffectThatTheOriginalFailedInIsNotOverstepped() {
        RunMeasure failed = run("no", List.of("send"));

        assertThat(oversteps(failed, run(null, List.of("send"), mail("send", "a"))))
                .isFalse();
    }

    @Test
    void anOriginalThatSucceedsIsNotOverstepped() {
        assertThat(oversteps(run(null, List.of()), run(null, List.of("send"), mail("send", "a"))))
                .isFalse();
    }
}
