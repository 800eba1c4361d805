package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.FettleException;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.execute.ReplayRules;
import dev.fettle.api.trace.Status;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class DryRunTest {
    private static final Node UPPER = Workflows.function("upper", List.of("text"), List.of("upper"));
    private static final Node UNUSED = Workflows.function("unused", List.of("text"), List.of("waste"));
    private static final Node JOIN = Workflows.function("join", List.of("upper"), List.of("out"));
    private static final Workflow ORIGINAL = Workflows.chain(List.of(UPPER, UNUSED, JOIN), "out");
    private static final Workflow PRUNED = Workflows.chain(List.of(UPPER, JOIN), "out");
    private static final DryRunSettings SETTINGS =
            new DryRunSettings(1, 20, 5, Duration.ofMinutes(5), Duration.ofSeconds(10), 1000, 7);

    private static LocalExecutor executor(Random noise) {
        return new LocalExecutor(node -> 0.1 * Math.exp(0.1 * noise.nextGaussian()))
                .node("upper", state -> Map.of("upper", state.get("text") + "!"))
                .node("unused", state -> Map.of("waste", 1))
                .node("join", state -> Map.of("out", state.get("upper") + "."));
    }

    private static DryRunRequest request(
            LocalExecutor executor, Workflow original, Workflow candidate, DryRunSettings settings) {
        List<Map<String, Object>> inputs = List.of(Map.of("text", "a"), Map.of("text", "b"), Map.of("text", "c"));
        return request(executor, original, candidate, settings, inputs);
    }

    private static DryRunRequest request(
            LocalExecutor executor,
            Workflow original,
            Workflow candidate,
            DryRunSettings settings,
            List<Map<String, Object>> inputs) {
        return new DryRunRequest(
                original,
                candidate,
                executor,
                executor.defaultSettings(),
                Workflows.NO_RUNNERS,
                Workflows.NO_MODELS,
                Path.of("."),
                inputs,
                new EffectPolicy.Replay(List.of()),
                Judges.DEFAULT,
                VerdictRule.DEFAULT,
                settings,
                List.of(),
                Set.of());
    }

    private static DryRunResult run(
            LocalExecutor executor, Workflow candidate, List<Map<String, Object>> inputs, int seed) {
        DryRunSettings settings =
                new DryRunSettings(1, 20, 5, Duration.ofMinutes(5), Duration.ofSeconds(10), 1000, seed);
        return new DryRun().run(request(executor, ORIGINAL, candidate, settings, inputs), DryRunProgress.NONE);
    }

    private static DryRunResult run(LocalExecutor executor, Workflow candidate) {
        return new DryRun().run(request(executor, ORIGINAL, candidate, SETTINGS), DryRunProgress.NONE);
    }

    @Test
    void aFasterVersionWithEqualOutputsIsApproved() {
        DryRunResult result = run(executor(new Random(1)), PRUNED);

        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.APPROVE);
        assertThat(result.report().equivalent()).isTrue();
        assertThat(result.report().speedup().low()).isLessThan(1.5);
        assertThat(result.report().speedup().high()).isGreaterThan(1.5);
        assertThat(result.report().exact()).isTrue();
        assertThat(result.report().runs()).isEqualTo(10);
        assertThat(result.report().noiseFloor()).isZero();
        assertThat(result.report().reasons())
                .anyMatch(reason -> reason.contains("0 of 10 outputs differ, on 3 different inputs, which are too few"))
                .anyMatch(reason -> reason.startsWith("exact: both versions compute the same outputs"))
                .anyMatch(reason -> reason.startsWith("stopped after 10 of 20 pairs: the verdict was clear"));
    }

    @Test
    void aGainThatIsNotProvedEqualTakesAllPairs() {
        Node quick = Workflows.function("quick", List.of("text"), List.of("upper"));
        LocalExecutor executor = new LocalExecutor(node -> node.id().equals("upper") ? 1 : 0.1)
                .node("upper", state -> Map.of("upper", state.get("text") + "!"))
                .node("quick", state -> Map.of("upper", state.get("text") + "!"))
                .node("unused", state -> Map.of("waste", 1))
                .node("join", state -> Map.of("out", state.get("upper") + "."));

        DryRunResult result = run(executor, Workflows.chain(List.of(quick, JOIN), "out"));

        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.APPROVE);
        assertThat(result.report().exact()).isFalse();
        assertThat(result.report().runs()).isEqualTo(20);
    }

    @Test
    void theSameSeedGivesTheSameReport() {
        assertThat(run(executor(new Random(3)), PRUNED).report())
                .isEqualTo(run(executor(new Random(3)), PRUNED).report());
    }

    @Test
    void aVersionWithAnotherOutputIsRejectedWithThePlaceOfTheDifference() {
        Node shout = Workflows.function("shout", List.of("text"), List.of("upper"));
        LocalExecutor executor = executor(new Random(2)).node("shout", state -> Map.of("upper", "?"));

        DryRunResult result = run(executor, Workflows.chain(List.of(shout, JOIN), "out"));

        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.REJECT);
        assertThat(result.report().equivalent()).isFalse();
        assertThat(result.report().differences().get(0)).contains("out: \"").contains("became \"?.\"");
    }

    @Test
    void aSingleDifferenceThatDoesNotComeAgainIsNeverAPass() {
        for (int seed = 0; seed < 30; seed++) {
            AtomicInteger runs = new AtomicInteger();
            int faulty = 2 + new Random(seed).nextInt(20);
            Node odd = Workflows.function("odd", List.of("text"), List.of("upper"));
            LocalExecutor executor = executor(new Random(seed))
                    .node(
                            "odd",
                            state ->
                                    Map.of("upper", state.get("text") + (runs.incrementAndGet() == faulty ? "" : "!")));

            DryRunResult result = run(executor, Workflows.chain(List.of(odd, JOIN), "out"));

            assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.INCONCLUSIVE);
            assertThat(result.report().equivalent()).isFalse();
        }
    }

    @Test
    void aDifferenceOnOneOfManyInputsIsEnoughToReject() {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            inputs.add(Map.of("text", "text " + i));
        }
        for (int seed = 0; seed < 30; seed++) {
            Object faulty = "text " + new Random(seed).nextInt(inputs.size());
            Node odd = Workflows.function("odd", List.of("text"), List.of("upper"));
            LocalExecutor executor = executor(new Random(seed))
                    .node(
                            "odd",
                            state ->
                                    Map.of("upper", state.get("text") + (faulty.equals(state.get("text")) ? "" : "!")));

            DryRunResult result = run(executor, Workflows.chain(List.of(odd, JOIN), "out"), inputs, seed);

            assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.REJECT);
        }
    }

    /** How many of 200 pairs of equal versions, whose code asks chance each time, are rejected. */
    private static int rejectedTwins(BiFunction<Random, Object, String> code) {
        List<Map<String, Object>> inputs = List.of(Map.of("text", "a"), Map.of("text", "b"), Map.of("text", "c"));
        Node same = Workflows.function("same", List.of("text"), List.of("upper"));
        int rejected = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random chance = new Random(seed);
            LocalExecutor executor = executor(new Random(seed));
            for (String node : List.of("upper", "same")) {
                executor.node(node, state -> Map.of("upper", code.apply(chance, state.get("text"))));
            }

            DryRunResult result = run(executor, Workflows.chain(List.of(same, JOIN), "out"), inputs, seed);

            rejected += result.report().verdict() == ValidationVerdict.REJECT ? 1 : 0;
        }
        return rejected;
    }

    @Test
    void anOriginalThatDoesNotAgreeWithItselfIsHardlyEverAReasonToReject() {
        assertThat(rejectedTwins((chance, text) -> text + (chance.nextInt(10) == 0 ? "" : "!")))
                .isLessThan(20);
    }

    @Test
    void anOriginalThatFailsNowAndThenIsHardlyEverAReasonToReject() {
        assertThat(rejectedTwins((chance, text) -> {
                    if (chance.nextInt(20) == 0) {
                        throw new IllegalStateException("out of luck");
                    }
                    return text + "!";
                }))
                .isLessThan(20);
    }

    private static DryRunRequest replaying(DryRunRequest plain, String... recordedRuns) {
        List<RecordedRun> runs = new ArrayList<>();
        for (String id : recordedRuns) {
            runs.add(new RecordedRun(id, Map.of("text", "a"), "a", Status.OK, List.of()));
        }
        return new DryRunRequest(
                plain.original(),
                plain.candidate(),
                plain.executor(),
                plain.executorSettings(),
                plain.runners(),
                plain.models(),
                plain.directory(),
                List.of(Map.of("text", "a")),
                new EffectPolicy.Replay(new Recording("id", "w", runs), ReplayRules.OUTSIDE, 0),
                plain.judges(),
                plain.rule(),
                plain.settings(),
                plain.violations(),
                plain.varying());
    }

    /** Of two recorded runs of the input, one makes both versions fail now and then, the other the candidate alone. */
    @Test
    void whatARecordedRunExcusesIsNotExcusedWithAnother() {
        for (int seed = 0; seed < 30; seed++) {
            Random chance = new Random(seed);
            Node weak = Workflows.function("weak", List.of("text"), List.of("upper"));
            LocalExecutor executor = executor(new Random(seed));
            for (String node : List.of("upper", "weak")) {
                executor.node(node, state -> {
                    boolean flaky = executor.turn % 2 == 0;
                    if (flaky ? chance.nextBoolean() : node.equals("weak")) {
                        throw new IllegalStateException("out of luck");
                    }
                    return Map.of("upper", state.get("text") + "!");
                });
            }
            DryRunRequest plain = request(executor, ORIGINAL, Workflows.chain(List.of(weak, JOIN), "out"), SETTINGS);

            DryRunResult result = new DryRun().run(replaying(plain, "one", "other"), DryRunProgress.NONE);

            assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.REJECT);
            executor.turns.forEach((run, turn) -> {
                DryRunId id = DryRunId.parse(run);
                if (id.phase() == DryRunId.Phase.ONCE_MORE) {
                    String pair = "dry-run-pair-" + id.number() / (2 * Confirmation.ROUNDS) + "-original";
                    assertThat(turn).as(run).isEqualTo(executor.turns.get(pair));
                }
            });
        }
    }

    /** Both versions write the key that the input has, too; the candidate leaves it as it was. */
    @Test
    void aKeyThatNobodyWritesAnyMoreIsMissed() {
        Node same = Workflows.function("same", List.of("text"), List.of("text"));
        LocalExecutor executor = executor(new Random(1)).node("same", state -> Map.of("text", state.get("text")));

        DryRunResult result = new DryRun()
                .run(
                        request(executor, Workflows.chain(List.of(same, UPPER, JOIN), "out"), PRUNED, SETTINGS),
                        DryRunProgress.NONE);

        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.CONDITIONAL);
        assertThat(result.report().reasons())
                .anyMatch(reason -> reason.startsWith("coverage: the key 'text' has no writer any more"));
    }

    /** No input is long enough for the second writer to leave the key out. */
    @Test
    void aWriterThatStoodInForAnotherIsMissed() {
        Node first = Workflows.function("first", List.of("text"), List.of("upper"));
        LocalExecutor executor = executor(new Random(1)).node("first", state -> Map.of("upper", "short"));
        Workflow two = Workflows.chain(List.of(first, UPPER, JOIN), "out");

        DryRunResult result = new DryRun()
                .run(
                        request(executor, two, Workflows.chain(List.of(UPPER, JOIN), "out"), SETTINGS),
                        DryRunProgress.NONE);

        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.CONDITIONAL);
        assertThat(result.report().reasons())
                .anyMatch(reason -> reason.startsWith("coverage: the key 'upper' has fewer writers than before"));
    }

    /** That both fail in one of five runs elsewhere does not hide it. */
    @Test
    void aCandidateThatAlwaysFailsOnOneInputIsRejectedBesideAnOriginalThatFailsByChance() {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            inputs.add(Map.of("text", "text " + i));
        }
        Node weak = Workflows.function("weak", List.of("text"), List.of("upper"));
        int rejected = 0;
        for (int seed = 0; seed < 30; seed++) {
            Random chance = new Random(seed);
            LocalExecutor executor = executor(new Random(seed));
            for (String node : List.of("upper", "weak")) {
                executor.node(node, state -> {
                    boolean always = node.equals("weak") && "text 3".equals(state.get("text"));
                    if (always || chance.nextInt(5) == 0) {
                        throw new IllegalStateException("out of luck");
                    }
                    return Map.of("upper", state.get("text") + "!");
                });
            }

            DryRunResult result = run(executor, Workflows.chain(List.of(weak, JOIN), "out"), inputs, seed);

            rejected += result.report().verdict() == ValidationVerdict.REJECT ? 1 : 0;
        }
        assertThat(rejected).isGreaterThan(15);
    }

    @Test
    void aCandidateThatFailsNowAndThenWhereTheOriginalNeverDoesIsNeverAPass() {
        for (int seed = 0; seed < 30; seed++) {
            Random chance = new Random(seed);
            Node weak = Workflows.function("weak", List.of("text"), List.of("upper"));
            int luck = 1 + chance.nextInt(10);
            AtomicInteger runs = new AtomicInteger();
            LocalExecutor executor = executor(new Random(seed)).node("weak", state -> {
                if (runs.incrementAndGet() % 10 == luck % 10) {
                    throw new IllegalStateException("out of luck");
                }
                return Map.of("upper", state.get("text") + "!");
            });

            DryRunResult result = run(executor, Workflows.chain(List.of(weak, JOIN), "out"));

            assertThat(result.report().verdict()).isIn(ValidationVerdict.REJECT, ValidationVerdict.INCONCLUSIVE);
        }
    }

    @Test
    void anErrorOfTheCandidateIsRejectedAndCounted() {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            inputs.add(Map.of("text", "text " + i));
        }
        Node weak = Workflows.function("weak", List.of("text"), List.of("upper"));
        LocalExecutor executor = executor(new Random(4)).node("weak", state -> {
            if ("text 3".equals(state.get("text"))) {
                throw new IllegalStateException("out of luck");
            }
            return Map.of("upper", state.get("text") + "!");
        });

        DryRunResult result = run(executor, Workflows.chain(List.of(weak, JOIN), "out"), inputs, 4);

        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.REJECT);
        assertThat(result.report().errorRate()).isEqualTo(0.1, within(0.05));
        assertThat(result.report().reasons()).contains("first error of the candidate: weak: out of luck");
    }

    @Test
    void aCandidateWhoseRunsAllFailIsRejectedAndNeverFast() {
        Node broken = Workflows.function("broken", List.of("text"), List.of("upper"));
        LocalExecutor executor = executor(new Random(4)).node("broken", state -> {
            throw new IllegalStateException("broken");
        });

        DryRunResult result = run(executor, Workflows.chain(List.of(broken, JOIN), "out"));

        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.REJECT);
        assertThat(result.report().speedup().value()).isNaN();
        assertThat(result.report().equivalent()).isFalse();
    }

    @Test
    void anOriginalThatDisagreesWithItselfRaisesTheNoiseFloorAndIsNeverApproved() {
        AtomicInteger runs = new AtomicInteger();
        LocalExecutor executor =
                executor(new Random(5)).node("upper", state -> Map.of("upper", runs.incrementAndGet()));

        DryRunResult result = run(executor, PRUNED);

        assertThat(result.report().noiseFloor()).isEqualTo(1);
        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.INCONCLUSIVE);
    }

    @Test
    void outsideEffectsWithoutARecordingRefuseTheDryRunByName() {
        LocalExecutor executor = executor(new Random(6)).node("send", state -> Map.of());
        Workflow original = Workflows.chain(List.of(UPPER, send(), UNUSED, JOIN), "out");
        Workflow candidate = Workflows.chain(List.of(UPPER, send(), JOIN), "out");

        assertThatThrownBy(
                        () -> new DryRun().run(request(executor, original, candidate, SETTINGS), DryRunProgress.NONE))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("node 'send'")
                .hasMessageContaining("recorded");
        assertThat(executor.performed).isEmpty();
    }

    @Test
    void recordedEffectsAnswerAndNothingIsPerformed() {
        LocalExecutor executor = executor(new Random(6)).node("send", state -> Map.of());
        Workflow original = Workflows.chain(List.of(UPPER, send(), UNUSED, JOIN), "out");
        Workflow candidate = Workflows.chain(List.of(UPPER, send(), JOIN), "out");
        DryRunRequest plain = request(executor, original, candidate, SETTINGS);
        DryRunRequest recorded = new DryRunRequest(
                plain.original(),
                plain.candidate(),
                plain.executor(),
                plain.executorSettings(),
                plain.runners(),
                plain.models(),
                plain.directory(),
                plain.inputs(),
                new EffectPolicy.Replay(List.of(new RecordedEffect("send", null, "hash", Map.of()))),
                plain.judges(),
                plain.rule(),
                plain.settings(),
                plain.violations(),
                Set.of());

        DryRunResult result = new DryRun().run(recorded, DryRunProgress.NONE);

        assertThat(result.report().errorRate()).isZero();
        assertThat(executor.performed).doesNotContain("send").contains("join");
    }

    private static Node send() {
        return Node.builder("send", new NodeBody.Function("send"))
                .state(List.of("upper"), List.of())
                .effects(Effects.EXTERNAL)
                .build();
    }

    @Test
    void theTimeBudgetEndsTheRunsAndTooFewPairsAreInconclusive() {
        AtomicLong clock = new AtomicLong();
        LocalExecutor executor = executor(new Random(8));
        DryRunSettings tight = new DryRunSettings(1, 20, 5, Duration.ofSeconds(10), Duration.ofSeconds(10), 1000, 7);

        DryRunResult result = new DryRun(() -> clock.addAndGet(1_000_000_000L))
                .run(request(executor, ORIGINAL, PRUNED, tight), DryRunProgress.NONE);

        assertThat(result.pairs()).hasSizeLessThan(5);
        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(result.report().reasons())
                .anyMatch(reason -> reason.startsWith("stopped at the time budget of 10 s"));
    }

    /** The second warm-up run ends after 2 s, the first pair after 4 s. */
    @Test
    void whereTheTimeEndsWhileADifferenceIsAskedAgainNothingIsTold() {
        AtomicLong clock = new AtomicLong();
        LocalExecutor executor = executor(new Random(1)).node("join", state -> {
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            return Map.of("out", state.get("upper") + ".");
        });
        executor.node("other", state -> Map.of("upper", "something else"));
        Node other = Workflows.function("other", List.of("text"), List.of("upper"));
        DryRunSettings short10 = new DryRunSettings(1, 20, 5, Duration.ofSeconds(10), Duration.ofSeconds(10), 1000, 7);

        DryRunResult result = new DryRun(clock::get)
                .run(
                        request(executor, ORIGINAL, Workflows.chain(List.of(other, JOIN), "out"), short10),
                        DryRunProgress.NONE);

        assertThat(result.pairs()).hasSize(1);
        assertThat(result.complete()).isFalse();
        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(result.report().reasons())
                .anyMatch(reason -> reason.startsWith("stopped at the time budget of 10 s after 1 of 20 pairs"));
    }

    @Test
    void progressCountsEveryRun() {
        List<Integer> seen = new ArrayList<>();

        new DryRun().run(request(executor(new Random(1)), ORIGINAL, ORIGINAL, SETTINGS), (done, total, seconds) -> {
            assertThat(total).isEqualTo(52);
            seen.add(done);
        });

        assertThat(seen).hasSize(52).isSorted().endsWith(52);
    }

    @Test
    void workflowsThatCannotRunAreRefusedBeforeAnythingRuns() {
        LocalExecutor executor = executor(new Random(1));
        Workflow unknown =
                Workflows.chain(List.of(UPPER, Workflows.function("what", List.of("text"), List.of("x")), JOIN), "out");

        assertThatThrownBy(() -> new DryRun().run(request(executor, ORIGINAL, unknown, SETTINGS), DryRunProgress.NONE))
                .hasMessageContaining("the node (what) has no code");
        assertThat(executor.performed).isEmpty();
    }

    private static DryRunRequest with(DryRunRequest plain, List<Violation> violations) {
        return new DryRunRequest(
                plain.original(),
                plain.candidate(),
                plain.executor(),
                plain.executorSettings(),
                plain.runners(),
                plain.models(),
                plain.directory(),
                plain.inputs(),
                plain.answers(),
                plain.judges(),
                plain.rule(),
                plain.settings(),
                violations,
                Set.of());
    }

    @Test
    void aCriticalViolationRejectsBeforeAnythingRuns() {
        LocalExecutor executor = executor(new Random(1));
        DryRunRequest plain = request(executor, ORIGINAL, PRUNED, SETTINGS);

        DryRunResult result = new DryRun()
                .run(with(plain, List.of(new Violation("security", "it could reach x", true))), DryRunProgress.NONE);

        assertThat(executor.performed).isEmpty();
        assertThat(result.report().verdict()).isEqualTo(ValidationVerdict.REJECT);
        assertThat(result.report().runs()).isZero();
        assertThat(result.report().reasons()).contains("security: it could reach x");
        new DryRun().run(with(plain, List.of(new Violation("cost", "dear", false))), DryRunProgress.NONE);
        assertThat(executor.performed).isNotEmpty();
    }

    @Test
    void pairsThatCouldNotBeComparedAreCountedAndAFewDoNotShowEquivalence() {
        AtomicInteger runs = new AtomicInteger();
        LocalExecutor executor = executor(new Random(4)).node("upper", state -> {
            if (runs.incrementAndGet() > 10) {
                throw new IllegalStateException("down");
            }
            return Map.of("upper", state.get("text") + "!");
        });

        DryRunResult result = run(executor, PRUNED);

        assertThat(result.report().runs()).isEqualTo(20);
        assertThat(result.report().compared()).isBetween(1, 4);
        assertThat(result.report().equivalent()).isFalse();
    }
}
