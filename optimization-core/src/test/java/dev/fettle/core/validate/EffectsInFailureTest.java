package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a run does outside before it fails. */
class EffectsInFailureTest {
    private static final Node SLOW = Workflows.function("slow", List.of("text"), List.of("waste"));
    private static final Node CHECK = Workflows.function("check", List.of("text"), List.of("checked"));
    private static final Node JOIN = Workflows.function("join", List.of("text"), List.of("out"));
    private static final Node SEND = effect("send", Effects.EXTERNAL);
    private static final Node PUT = effect("put", Effects.IDEMPOTENT);

    private static Node effect(String id, Effects effects) {
        return Node.builder(id, new NodeBody.Function(id))
                .state(List.of("text"), List.of())
                .effects(effects)
                .build();
    }

    private static LocalExecutor executor() {
        return new LocalExecutor(node -> node.id().equals("slow") ? 1 : 0.1)
                .node("slow", state -> Map.of("waste", 1))
                .node("join", state -> Map.of("out", state.get("text") + "."))
                .node("send", state -> Map.of())
                .node("put", state -> Map.of());
    }

    /** The check lets all but one input through. */
    private static LocalExecutor strict() {
        return executor().node("check", state -> {
            if ("text 1".equals(state.get("text"))) {
                throw new IllegalStateException("no");
            }
            return Map.of("checked", true);
        });
    }

    private static ValidationReport report(
            LocalExecutor executor, List<Node> original, List<Node> candidate, int seed) {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            inputs.add(Map.of("text", "text " + i));
        }
        return new DryRun()
                .run(
                        new DryRunRequest(
                                Workflows.chain(original, "out"),
                                Workflows.chain(candidate, "out"),
                                executor,
                                executor.defaultSettings(),
                                Workflows.NO_RUNNERS,
                                Workflows.NO_MODELS,
                                Path.of("."),
                                inputs,
                                new EffectPolicy.Replay(List.of(new RecordedEffect("send", null, "hash", Map.of()))),
                                Judges.DEFAULT,
                                VerdictRule.DEFAULT,
                                new DryRunSettings(1, 20, 5, Duration.ofMinutes(5), Duration.ofSeconds(10), 1000, seed),
                                List.of(),
                                Set.of()),
                        DryRunProgress.NONE)
                .report();
    }

    private static void isRejected(List<Node> original, List<Node> candidate) {
        for (int seed = 0; seed < 10; seed++) {
            ValidationReport report = report(strict(), original, candidate, seed);

            assertThat(report.verdict()).as(report.reasons().toString()).isEqualTo(ValidationVerdict.REJECT);
            assertThat(report.differences())
                    .anyMatch(difference -> difference.startsWith("input 2, where a run failed"));
        }
    }

    @Test
    void anEffectThatAFailureOfTheOriginalHeldBackRejects() {
        isRejected(List.of(CHECK, SLOW, SEND, JOIN), List.of(SEND, CHECK, JOIN));
        isRejected(List.of(CHECK, SLOW, PUT, JOIN), List.of(PUT, CHECK, JOIN));
    }

    @Test
    void anEffectThatTheOriginalHadBeforeItFailedIsMissed() {
        isRejected(List.of(SEND, CHECK, SLOW, JOIN), List.of(CHECK, SEND, JOIN));
        isRejected(List.of(PUT, CHECK, SLOW, JOIN), List.of(CHECK, PUT, JOIN));
    }

    /** The original fails each time, so no failure by chance explains what only some runs of the candidate do. */
    @Test
    void anEffectBeforeACertainFailureIsNeverAPassOnceItWasSeen() {
        Node perhaps = Workflows.function("perhaps", List.of("text"), List.of("luck"));
        int seen = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random chance = new Random(seed);
            AtomicInteger put = new AtomicInteger();
            LocalExecutor executor = strict().node("perhaps", state -> {
                if ("text 1".equals(state.get("text")) && chance.nextInt(5) > 0) {
                    throw new IllegalStateException("out of luck");
                }
                put.addAndGet("text 1".equals(state.get("text")) ? 1 : 0);
                return Map.of("luck", true);
            });

            ValidationReport report =
                    report(executor, List.of(CHECK, SLOW, PUT, JOIN), List.of(perhaps, PUT, CHECK, JOIN), seed);

            if (report.differences().stream().anyMatch(difference -> difference.contains("where a run failed"))) {
                seen++;
                assertThat(report.verdict())
                        .as(report.reasons().toString())
                        .isIn(ValidationVerdict.REJECT, ValidationVerdict.INCONCLUSIVE);
            } else {
                assertThat(put.get()).as(report.reasons().toString()).isLessThan(3);
            }
        }
        assertThat(seen).isGreaterThan(20);
    }

    @Test
    void theSameEffectsBeforeTheSameFailureAreNoReasonToReject() {
        ValidationReport report = report(strict(), List.of(SEND, CHECK, SLOW, JOIN), List.of(SEND, CHECK, JOIN), 1);

        assertThat(report.verdict()).as(report.reasons().toString()).isEqualTo(ValidationVerdict.APPROVE);
    }

    @Test
    void failuresByChanceBeforeAnEffectAreHardlyEverAReasonToReject() {
        int rejected = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random chance = new Random(seed);
            LocalExecutor executor = executor().node("check", state -> {
                if (chance.nextInt(5) == 0) {
                    throw new IllegalStateException("out of luck");
                }
                return Map.of("checked", true);
            });
            ValidationReport report =
                    report(executor, List.of(CHECK, SLOW, SEND, JOIN), List.of(CHECK, SEND, JOIN), seed);

            rejected += report.verdict() == ValidationVerdict.REJECT ? 1 : 0;
        }
        assertThat(rejected).isLessThan(20);
    }
}
