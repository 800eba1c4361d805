package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A fault of an earlier implementation: a dry run that ran nothing, and whose score fell as savings rose. */
class DryRunFaultsTest {
    private static final Node SLOW = Workflows.function("slow", List.of("text"), List.of("out"));
    private static final Node FAST = Workflows.function("fast", List.of("text"), List.of("out"));

    private static DryRunResult run(double fastSeconds, AtomicInteger runs) {
        LocalExecutor executor = new LocalExecutor(node -> node.id().equals("slow") ? 1 : fastSeconds);
        for (String id : List.of("slow", "fast")) {
            executor.node(id, state -> {
                runs.incrementAndGet();
                return Map.of("out", "done");
            });
        }
        Workflow original = Workflows.chain(List.of(SLOW), "out");
        return new DryRun()
                .run(
                        new DryRunRequest(
                                original,
                                Workflows.chain(List.of(FAST), "out"),
                                executor,
                                executor.defaultSettings(),
                                Workflows.NO_RUNNERS,
                                Workflows.NO_MODELS,
                                Path.of("."),
                                List.of(Map.of("text", "a")),
                                new EffectPolicy.Replay(List.of()),
                                Judges.DEFAULT,
                                VerdictRule.DEFAULT,
                                new DryRunSettings(0, 6, 2, Duration.ofMinutes(1), Duration.ofSeconds(10), 400, 7),
                                List.of(),
                                Set.of()),
                        DryRunProgress.NONE);
    }

    @Test
    void aDryRunThatRanNothing() {
        AtomicInteger runs = new AtomicInteger();
        DryRunResult result = run(0.5, runs);
        assertThat(runs.get()).isGreaterThanOrEqualTo(2 * result.pairs().size()).isPositive();
    }

    @Test
    void aScoreThatFellAsSavingsRose() {
        double little = run(0.9, new AtomicInteger()).report().speedup().value();
        double much = run(0.3, new AtomicInteger()).report().speedup().value();
        assertThat(much).isGreaterThan(little);
        assertThat(little).isGreaterThan(1);
    }
}
