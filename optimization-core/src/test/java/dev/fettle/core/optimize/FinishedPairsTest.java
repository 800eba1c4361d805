package dev.fettle.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.core.validate.DryRunId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedPairsTest {
    @TempDir
    Path temp;

    private FinishedPairs pairs() {
        return new FinishedPairs(temp.resolve("pairs"), true);
    }

    private static ExecutionResult run(String id, boolean fails) {
        ExecutionTrace trace = new ExecutionTrace(
                id,
                "w",
                Instant.EPOCH,
                Duration.ofSeconds(1),
                fails ? Status.ERROR : Status.OK,
                true,
                null,
                Map.of(),
                List.of());
        return new ExecutionResult(trace, Map.of(), Map.of("out", id), fails ? "out of luck" : null, List.of());
    }

    private static void pair(FinishedPairs pairs, int number, boolean candidateFails) {
        keep(pairs, "dry-run-pair-" + number + "-original", false);
        keep(pairs, "dry-run-pair-" + number + "-candidate", candidateFails);
    }

    private static void keep(FinishedPairs pairs, String id, boolean fails) {
        pairs.keep(DryRunId.parse(id), run(id, fails));
    }

    @Test
    void whatSucceededIsFoundAgain() {
        FinishedPairs before = pairs();
        keep(before, "dry-run-warm-up-0-original", false);
        pair(before, 0, false);
        keep(before, "dry-run-pair-1-original", false);

        FinishedPairs after = pairs();

        assertThat(after.size()).isEqualTo(1);
        assertThat(after.find(DryRunId.parse("dry-run-pair-0-candidate"))
                        .orElseThrow()
                        .output())
                .containsEntry("out", "dry-run-pair-0-candidate");
        assertThat(after.find(DryRunId.parse("dry-run-pair-1-original"))).isEmpty();
    }

    /** Else a candidate that fails would get another chance each time the dry run is continued. */
    @Test
    void aFailureIsFoundAgainOnceALaterRunHasSucceeded() {
        FinishedPairs before = pairs();
        pair(before, 0, true);
        pair(before, 1, true);

        assertThat(pairs().size()).isEqualTo(1);
        assertThat(pairs().find(DryRunId.parse("dry-run-pair-0-candidate"))
                        .orElseThrow()
                        .error())
                .isEqualTo("out of luck");
        assertThat(pairs().find(DryRunId.parse("dry-run-pair-1-candidate"))).isEmpty();
    }

    @Test
    void theLastFailureIsFoundAgainWhereTheDryRunEndedByItself() {
        FinishedPairs before = pairs();
        pair(before, 0, true);

        before.keepFailed();

        assertThat(pairs().find(DryRunId.parse("dry-run-pair-0-candidate"))).isPresent();
        assertThat(before.kept()).isEqualTo(1);
    }
}
