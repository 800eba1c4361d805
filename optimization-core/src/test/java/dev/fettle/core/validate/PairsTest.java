package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.validate.Judgement;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.prove.StaticProof;
import dev.fettle.core.validate.EffectDifference.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PairsTest {
    private static final RunMeasure RUN = new RunMeasure(1, RunCost.NONE, Map.of(), EffectTrail.NONE, null, null);

    private static PairOutcome reordered(String recordedRun) {
        return new PairOutcome(
                0, recordedRun, RUN, RUN, Judgement.EQUIVALENT, new EffectDifference(Kind.ORDER, "another order"));
    }

    private static Findings findings(List<PairOutcome> pairs, Confirmation again) {
        Workflow workflow = Workflows.chain(List.of(Workflows.function("a", List.of("text"), List.of("out"))), "out");
        LocalExecutor executor = new LocalExecutor(node -> 1);
        DryRunRequest request = new DryRunRequest(
                workflow,
                workflow,
                executor,
                executor.defaultSettings(),
                Workflows.NO_RUNNERS,
                Workflows.NO_MODELS,
                Path.of("."),
                List.of(Map.of("text", "a")),
                new EffectPolicy.Replay(List.of()),
                Judges.DEFAULT,
                VerdictRule.DEFAULT,
                DryRunSettings.DEFAULT,
                List.of(),
                Set.of());
        return new Pairs(pairs, List.of(), again)
                .findings(request, StaticProof.of(workflow, workflow, Set.of()), Look.LAST);
    }

    private static Confirmation asked(String recordedRun, int times) {
        Confirmation again = new Confirmation();
        for (int i = 0; i < times; i++) {
            again.pairs().add(reordered(recordedRun));
            again.noise().add(reordered(recordedRun));
        }
        return again;
    }

    @Test
    void anOrderThatWasNotAskedAgainAsOftenAsItTakesIsUnconfirmed() {
        assertThat(findings(List.of(reordered("one")), new Confirmation()).unconfirmed())
                .isEqualTo(1);
        assertThat(findings(List.of(reordered("one")), asked("one", Confirmation.ROUNDS - 1))
                        .unconfirmed())
                .isEqualTo(1);
        assertThat(findings(List.of(reordered("one")), asked("one", Confirmation.ROUNDS))
                        .unconfirmed())
                .isZero();
    }

    private static final RunMeasure FAILED = RunMeasure.failed("no", EffectTrail.NONE, null);

    private static PairOutcome pair(RunMeasure first, RunMeasure second) {
        return new PairOutcome(
                0,
                "one",
                first,
                second,
                first.succeeded() && second.succeeded() ? Judgement.EQUIVALENT : null,
                EffectDifference.SAME);
    }

    /** That it did not come again does not show that the original fails there, too. */
    @Test
    void aFailureThatTheOriginalWasNeverSeenToHaveThereIsUnconfirmed() {
        Confirmation never = new Confirmation();
        Confirmation once = new Confirmation();
        for (int i = 0; i < Confirmation.ROUNDS; i++) {
            never.pairs().add(pair(RUN, RUN));
            never.noise().add(pair(RUN, RUN));
            once.pairs().add(pair(RUN, RUN));
            once.noise().add(pair(RUN, i == 0 ? FAILED : RUN));
        }

        assertThat(findings(List.of(pair(RUN, FAILED)), never).unconfirmed()).isEqualTo(1);
        assertThat(findings(List.of(pair(RUN, FAILED)), once).unconfirmed()).isZero();
        assertThat(findings(List.of(pair(FAILED, FAILED)), never).unconfirmed()).isZero();
    }

    @Test
    void whatOneRecordedRunShowedIsNotTakenForAnother() {
        assertThat(findings(List.of(reordered("one"), reordered("other")), asked("one", Confirmation.ROUNDS))
                        .unconfirmed())
                .isEqualTo(1);
        assertThat(asked("one", Confirmation.ROUNDS).wants(reordered("one"))).isFalse();
        assertThat(asked("one", Confirmation.ROUNDS).wants(reordered("other"))).isTrue();
    }
}
