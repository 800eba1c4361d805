package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictRuleTest {
    private static final Findings.Count NOTHING = new Findings.Count(0, 0, 0);
    private static final Findings.Count NONE_OF_TEN = new Findings.Count(0, 0, 10);
    private static final Findings.Count NONE_OF_FORTY = new Findings.Count(0, 0, 40);
    private static final Findings.Count NONE_OF_SIXTY = new Findings.Count(0, 0, 60);

    private static Findings findings(
            Findings.EffectCounts effects,
            Findings.Count overstepped,
            Measured speedup,
            Measured saving,
            List<Violation> violations) {
        return new Findings(
                NONE_OF_FORTY,
                40,
                NONE_OF_TEN,
                Findings.Again.NOTHING,
                NONE_OF_SIXTY,
                NONE_OF_FORTY,
                effects,
                overstepped,
                40,
                speedup,
                saving,
                violations);
    }

    private static Findings findings(Measured speedup, Measured saving, Violation... violations) {
        return findings(Findings.EffectCounts.NONE, NOTHING, speedup, saving, List.of(violations));
    }

    private static Findings withEffects(Findings.EffectCounts effects) {
        return findings(effects, NOTHING, exactly(2), exactly(0), List.of());
    }

    private static Findings overstepping(Findings.Count overstepped) {
        return findings(Findings.EffectCounts.NONE, overstepped, exactly(2), exactly(0), List.of());
    }

    private static ValidationVerdict verdict(Findings findings) {
        return VerdictRule.DEFAULT.judge(findings).verdict();
    }

    private static Measured exactly(double value) {
        return new Measured(value, value, value);
    }

    @ParameterizedTest
    @CsvSource({
        // speedup low, value, high; saving low, value, high; verdict
        "1.25, 1.43, 1.6,   0, 0, 0,              APPROVE",
        "1.25, 1.43, 1.6,  -0.03, 0, 0.02,        APPROVE",
        "0.97, 1.00, 1.03,  0.15, 0.3, 0.4,       APPROVE",
        "1.25, 1.43, 1.6,  -0.3, -0.2, -0.1,      CONDITIONAL",
        "1.15, 1.43, 1.6,   0, 0, 0,              CONDITIONAL",
        "1.05, 1.15, 1.2,   0, 0, 0,              CONDITIONAL",
        "0.8, 0.85, 0.9,    0.15, 0.25, 0.35,     CONDITIONAL",
        "0.99, 1.02, 1.05,  0, 0, 0,              MARGINAL",
        "0.97, 1.05, 1.15,  0.01, 0.05, 0.08,     MARGINAL",
        "0.8, 0.85, 0.9,    0, 0, 0,              REJECT",
        "0.97, 1.00, 1.03, -0.3, -0.2, -0.1,      REJECT",
        "1.01, 1.03, 1.05, -3, -2, -1,            REJECT",
        "0.8, 0.85, 0.9,    0.02, 0.05, 0.08,     REJECT",
        "0.6, 1.15, 2.1,    0, 0, 0,              INCONCLUSIVE",
    })
    void aVerdictFollowsFromIntervals(
            double low,
            double speedup,
            double high,
            double savingLow,
            double saving,
            double savingHigh,
            ValidationVerdict expected) {
        assertThat(verdict(findings(new Measured(speedup, low, high), new Measured(saving, savingLow, savingHigh))))
                .isEqualTo(expected);
    }

    @Test
    void noVersionWithDifferingOutputsOrErrorsIsEverApproved() {
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            int differing = random.nextInt(3);
            int failing = random.nextInt(3);
            Findings findings = new Findings(
                    new Findings.Count(differing, random.nextInt(differing + 1), 40),
                    40,
                    new Findings.Count(random.nextInt(11), 0, 10),
                    Findings.Again.NOTHING,
                    new Findings.Count(0, 0, 60),
                    new Findings.Count(failing, 0, 40),
                    Findings.EffectCounts.NONE,
                    NOTHING,
                    random.nextInt(41),
                    new Measured(5 * random.nextDouble(), 5 * random.nextDouble(), 5 * random.nextDouble()),
                    new Measured(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()),
                    List.of());
            if (differing + failing > 0) {
                assertThat(verdict(findings)).isIn(ValidationVerdict.REJECT, ValidationVerdict.INCONCLUSIVE);
            }
        }
    }

    /** Failures of 40 runs of the candidate, and how often it failed of 5 times on an input once more; the original never. */
    @ParameterizedTest
    @CsvSource({"1, 0, INCONCLUSIVE", "1, 2, INCONCLUSIVE", "1, 5, REJECT", "8, 0, REJECT"})
    void aFailureOfTheCandidateAloneIsAskedAgain(int failed, int again, ValidationVerdict expected) {
        Findings fine = findings(exactly(2), exactly(0));
        Findings failing = new Findings(
                fine.equality(),
                fine.inputs(),
                fine.noise(),
                new Findings.Again(
                        new Findings.Count(0, 0, 5 - again),
                        new Findings.Count(0, 0, 5),
                        new Findings.Count(0, 0, 5),
                        new Findings.Count(0, 0, 15),
                        new Findings.Count(again, 0, 5),
                        again == 5),
                fine.originalErrors(),
                new Findings.Count(failed, 0, 40),
                fine.effects(),
                NOTHING,
                fine.timedPairs(),
                fine.speedup(),
                fine.costReduction(),
                List.of());

        assertThat(verdict(failing)).isEqualTo(expected);
    }

    @Test
    void whatIsNotANumberIsNeverAPass() {
        double nan = Double.NaN;

        assertThat(verdict(findings(new Measured(nan, nan, nan), exactly(0.5))))
                .isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(findings(new Measured(2, nan, nan), exactly(0)))).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(findings(exactly(2), new Measured(nan, nan, nan)))).isEqualTo(ValidationVerdict.CONDITIONAL);
        assertThat(verdict(findings(exactly(1), new Measured(nan, nan, nan))))
                .isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(findings(exactly(2), exactly(Double.NEGATIVE_INFINITY))))
                .isEqualTo(ValidationVerdict.CONDITIONAL);
    }

    @Test
    void aCriticalViolationRejectsAndAnotherNeedsAPerson() {
        Measured twice = exactly(2);
        Measured nothing = exactly(0);
        Violation reaches = new Violation("security", "reaches more", true);
        Violation quality = new Violation("quality_threshold", "0.90 is below 0.95", false);

        assertThat(verdict(findings(twice, nothing, reaches))).isEqualTo(ValidationVerdict.REJECT);
        assertThat(verdict(findings(twice, nothing, quality))).isEqualTo(ValidationVerdict.CONDITIONAL);
        assertThat(verdict(findings(exactly(1), nothing, quality))).isEqualTo(ValidationVerdict.CONDITIONAL);
    }

    @Test
    void anOriginalThatFailsAsOftenIsNoReasonToReject() {
        Findings flaky = new Findings(
                new Findings.Count(0, 0, 36),
                36,
                NONE_OF_TEN,
                Findings.Again.NOTHING,
                new Findings.Count(6, 0, 60),
                new Findings.Count(4, 0, 40),
                Findings.EffectCounts.NONE,
                NOTHING,
                34,
                exactly(1.5),
                exactly(0),
                List.of());

        assertThat(verdict(flaky)).isEqualTo(ValidationVerdict.APPROVE);
    }

    @Test
    void anEffectThatAFailureOfTheOriginalHeldBackRejectsWhereItIsAlwaysSo() {
        assertThat(verdict(overstepping(new Findings.Count(1, 0, 3)))).isEqualTo(ValidationVerdict.REJECT);
        assertThat(verdict(overstepping(new Findings.Count(1, 1, 3)))).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(overstepping(new Findings.Count(0, 0, 3)))).isEqualTo(ValidationVerdict.APPROVE);
    }

    @Test
    void effectsThatComeInAnotherOrderMoreOftenThanTheOriginalsNeedAPerson() {
        Findings.Count more = new Findings.Count(8, 0, 40);
        Findings.Count once = new Findings.Count(1, 0, 10);

        assertThat(verdict(withEffects(new Findings.EffectCounts(NONE_OF_FORTY, NONE_OF_TEN, more, once))))
                .isEqualTo(ValidationVerdict.CONDITIONAL);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new VerdictRule(1.1, 0.1, 1.2, 0.2, 0.05, 0.05, 5))
                .hasMessageContaining("approveSpeedup is (1.1)");
        assertThatThrownBy(() -> new VerdictRule(1.2, 0.1, 1.1, 0.2, 0.05, 0, 5))
                .hasMessageContaining("alpha is (0.0)");
    }

    @Test
    void oneLostOrReorderedEffectRejectsWhateverTheOutputs() {
        Findings.Count one = new Findings.Count(1, 0, 40);

        assertThat(verdict(withEffects(new Findings.EffectCounts(one, NONE_OF_TEN, NONE_OF_FORTY, NONE_OF_TEN))))
                .isEqualTo(ValidationVerdict.REJECT);
        assertThat(verdict(withEffects(new Findings.EffectCounts(NONE_OF_FORTY, NONE_OF_TEN, one, NONE_OF_TEN))))
                .isEqualTo(ValidationVerdict.REJECT);
    }

    @Test
    void anOrderThatTheOriginalDoesNotKeepIsNotAskedOfTheCandidate() {
        Findings.Count often = new Findings.Count(18, 0, 40);
        Findings.Count alsoOften = new Findings.Count(5, 0, 10);

        assertThat(verdict(withEffects(new Findings.EffectCounts(NONE_OF_FORTY, NONE_OF_TEN, often, alsoOften))))
                .isEqualTo(ValidationVerdict.APPROVE);
        assertThat(verdict(withEffects(new Findings.EffectCounts(often, alsoOften, NONE_OF_FORTY, NONE_OF_TEN))))
                .isEqualTo(ValidationVerdict.INCONCLUSIVE);
    }
}
