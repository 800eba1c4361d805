package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.core.validate.AskedAgain.Compared;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictRuleTest {
    private static final Findings.Count NONE_OF_TEN = new Findings.Count(0, 0, 10);
    private static final Findings.Count NONE_OF_FORTY = new Findings.Count(0, 0, 40);
    private static final Findings.Count NONE_OF_SIXTY = new Findings.Count(0, 0, 60);

    private static Findings findings(
            Findings.EffectCounts effects,
            int unclearInFailure,
            Measured speedup,
            Measured saving,
            List<Violation> violations) {
        return new Findings(
                NONE_OF_FORTY,
                40,
                NONE_OF_TEN,
                List.of(),
                0,
                NONE_OF_SIXTY,
                NONE_OF_FORTY,
                effects,
                unclearInFailure,
                40,
                speedup,
                saving,
                violations);
    }

    private static Findings findings(Measured speedup, Measured saving, Violation... violations) {
        return findings(Findings.EffectCounts.NONE, 0, speedup, saving, List.of(violations));
    }

    private static Findings withEffects(Findings.EffectCounts effects, Compared... again) {
        return new Findings(
                NONE_OF_FORTY,
                40,
                NONE_OF_TEN,
                Stream.of(again)
                        .map(asked -> new AskedAgain(SAME, asked, SAME, of(15, 0, 5, 0), SAME))
                        .toList(),
                0,
                NONE_OF_SIXTY,
                NONE_OF_FORTY,
                effects,
                0,
                40,
                exactly(2),
                exactly(0),
                List.of());
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
                    List.of(),
                    0,
                    new Findings.Count(0, 0, 60),
                    new Findings.Count(failing, 0, 40),
                    Findings.EffectCounts.NONE,
                    0,
                    random.nextInt(41),
                    new Measured(5 * random.nextDouble(), 5 * random.nextDouble(), 5 * random.nextDouble()),
                    new Measured(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()),
                    List.of());
            if (differing + failing > 0) {
                assertThat(verdict(findings)).isIn(ValidationVerdict.REJECT, ValidationVerdict.INCONCLUSIVE);
            }
        }
    }

    private static final Compared SAME = new Compared(new Findings.Count(0, 0, 5), new Findings.Count(0, 0, 5));

    private static Compared of(int originals, int originalBad, int candidates, int candidateBad) {
        return new Compared(
                new Findings.Count(originalBad, 0, originals), new Findings.Count(candidateBad, 0, candidates));
    }

    private static AskedAgain outputs(Compared outputs) {
        return new AskedAgain(outputs, SAME, SAME, of(15, 0, 5, 0), SAME);
    }

    private static AskedAgain failures(Compared failures) {
        return new AskedAgain(SAME, SAME, SAME, failures, SAME);
    }

    private static AskedAgain order(Compared order) {
        return new AskedAgain(SAME, SAME, order, of(15, 0, 5, 0), SAME);
    }

    private static Findings asked(
            Findings.Count outputs,
            Findings.Count originalErrors,
            Findings.Count candidateErrors,
            int unconfirmed,
            AskedAgain... again) {
        return new Findings(
                outputs,
                40,
                NONE_OF_TEN,
                List.of(again),
                unconfirmed,
                originalErrors,
                candidateErrors,
                Findings.EffectCounts.NONE,
                0,
                40,
                exactly(2),
                exactly(0),
                List.of());
    }

    /** How often of five the one output that differed does so again; what else was asked again never differed. */
    @ParameterizedTest
    @CsvSource({"0, INCONCLUSIVE", "1, INCONCLUSIVE", "5, REJECT"})
    void anOutputThatDiffersAgainOnItsInputRejects(int again, ValidationVerdict expected) {
        Findings findings = asked(
                new Findings.Count(3, 0, 40),
                NONE_OF_SIXTY,
                NONE_OF_FORTY,
                0,
                outputs(SAME),
                outputs(of(5, 0, 5, again)),
                outputs(SAME));

        assertThat(verdict(findings)).isEqualTo(expected);
    }

    @Test
    void whatCouldNotBeAskedAgainDoesNotRejectUnlessThereIsMuchOfIt() {
        Findings.Count one = new Findings.Count(1, 0, 40);

        assertThat(verdict(asked(one, NONE_OF_SIXTY, NONE_OF_FORTY, 0))).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(asked(NONE_OF_FORTY, NONE_OF_SIXTY, one, 1))).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(asked(new Findings.Count(30, 0, 40), NONE_OF_SIXTY, NONE_OF_FORTY, 0)))
                .isEqualTo(ValidationVerdict.REJECT);
        assertThat(verdict(asked(NONE_OF_FORTY, NONE_OF_SIXTY, new Findings.Count(8, 0, 40), 1)))
                .isEqualTo(ValidationVerdict.REJECT);
    }

    /** Failures of five runs of the candidate, of fifteen of the original; the original never failed before. */
    @ParameterizedTest
    @CsvSource({"0, 0, INCONCLUSIVE", "1, 0, INCONCLUSIVE", "3, 0, REJECT", "5, 15, CONDITIONAL", "0, 6, APPROVE"})
    void aFailureThatComesAgainOnItsInputRejects(int candidate, int original, ValidationVerdict expected) {
        Findings findings = asked(
                NONE_OF_FORTY,
                NONE_OF_SIXTY,
                new Findings.Count(1, 0, 40),
                0,
                failures(of(15, original, 5, candidate)));

        assertThat(verdict(findings)).isEqualTo(expected);
    }

    /** The pair for which the input was asked again had no outputs to compare, since a run failed. */
    @Test
    void whatDiffersOnlyWhenAskedAgainIsNoPass() {
        AskedAgain doubled = new AskedAgain(SAME, of(5, 0, 5, 1), SAME, of(15, 0, 5, 0), SAME);

        assertThat(verdict(asked(NONE_OF_FORTY, NONE_OF_SIXTY, NONE_OF_FORTY, 0, outputs(of(5, 0, 5, 2)))))
                .isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(asked(NONE_OF_FORTY, NONE_OF_SIXTY, NONE_OF_FORTY, 0, doubled)))
                .isEqualTo(ValidationVerdict.INCONCLUSIVE);
    }

    /** In all runs together, the candidate fails hardly more often than the original. */
    @Test
    void anInputOnWhichTheCandidateAlwaysFailsIsNotHiddenByFailuresElsewhere() {
        Findings.Count original = new Findings.Count(20, 0, 60);
        Findings.Count candidate = new Findings.Count(13, 0, 40);

        assertThat(verdict(asked(NONE_OF_FORTY, original, candidate, 0, failures(of(15, 0, 5, 5)))))
                .isEqualTo(ValidationVerdict.REJECT);
        assertThat(verdict(asked(NONE_OF_FORTY, original, candidate, 0, failures(of(15, 4, 5, 1)))))
                .isEqualTo(ValidationVerdict.APPROVE);
    }

    @Test
    void aFailureThatWasNotAskedAgainNeedsAPersonWhereTheOriginalFailsToo() {
        Findings.Count original = new Findings.Count(2, 0, 60);
        Findings.Count candidate = new Findings.Count(1, 0, 40);

        assertThat(verdict(asked(NONE_OF_FORTY, original, candidate, 0))).isEqualTo(ValidationVerdict.APPROVE);
        assertThat(verdict(asked(NONE_OF_FORTY, original, candidate, 1))).isEqualTo(ValidationVerdict.CONDITIONAL);
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
                List.of(),
                0,
                new Findings.Count(6, 0, 60),
                new Findings.Count(4, 0, 40),
                Findings.EffectCounts.NONE,
                0,
                34,
                exactly(1.5),
                exactly(0),
                List.of());

        assertThat(verdict(flaky)).isEqualTo(ValidationVerdict.APPROVE);
    }

    private static AskedAgain inFailure(Compared effects) {
        return new AskedAgain(SAME, SAME, SAME, of(15, 5, 5, 0), effects);
    }

    @Test
    void effectsThatDifferWhereARunFailsRejectIfItIsAlwaysSo() {
        Findings.Count failing = new Findings.Count(5, 0, 60);
        assertThat(verdict(asked(NONE_OF_FORTY, failing, NONE_OF_FORTY, 0, inFailure(of(5, 0, 5, 5)))))
                .isEqualTo(ValidationVerdict.REJECT);
        assertThat(verdict(asked(NONE_OF_FORTY, failing, NONE_OF_FORTY, 0, inFailure(of(5, 0, 5, 2)))))
                .isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(asked(NONE_OF_FORTY, failing, NONE_OF_FORTY, 0, inFailure(of(5, 1, 5, 2)))))
                .isEqualTo(ValidationVerdict.CONDITIONAL);
        assertThat(verdict(asked(NONE_OF_FORTY, failing, NONE_OF_FORTY, 0, inFailure(SAME))))
                .isEqualTo(ValidationVerdict.APPROVE);
        assertThat(verdict(findings(Findings.EffectCounts.NONE, 1, exactly(2), exactly(0), List.of())))
                .isEqualTo(ValidationVerdict.INCONCLUSIVE);
    }

    /** What the candidate does better elsewhere makes up for nothing. */
    @Test
    void aFailureOfTheCandidateAloneOnOneInputNeedsAPerson() {
        Findings findings = asked(
                NONE_OF_FORTY,
                new Findings.Count(15, 0, 60),
                new Findings.Count(2, 0, 40),
                0,
                failures(of(15, 0, 5, 1)));

        assertThat(verdict(findings)).isEqualTo(ValidationVerdict.CONDITIONAL);
    }

    private static Findings reordered(int times, int noise, AskedAgain... again) {
        return new Findings(
                NONE_OF_FORTY,
                40,
                NONE_OF_TEN,
                List.of(again),
                0,
                NONE_OF_SIXTY,
                NONE_OF_FORTY,
                new Findings.EffectCounts(new Compared(NONE_OF_TEN, NONE_OF_FORTY), of(10, noise, 40, times)),
                0,
                40,
                exactly(2),
                exactly(0),
                List.of());
    }

    @Test
    void anOrderOfEffectsIsAskedAgainAsOutputsAre() {
        assertThat(verdict(reordered(1, 0, order(of(5, 0, 5, 5))))).isEqualTo(ValidationVerdict.REJECT);
        assertThat(verdict(reordered(1, 1, order(of(5, 0, 5, 5)), order(of(5, 3, 5, 2)))))
                .isEqualTo(ValidationVerdict.REJECT);
        assertThat(verdict(reordered(1, 0, order(SAME)))).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(reordered(1, 0))).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(reordered(30, 0))).isEqualTo(ValidationVerdict.REJECT);
        assertThat(verdict(reordered(8, 1))).isEqualTo(ValidationVerdict.CONDITIONAL);
        assertThat(verdict(reordered(18, 5))).isEqualTo(ValidationVerdict.APPROVE);
    }

    /** That the original has its effects in any order does not excuse one that is too much. */
    @Test
    void aDoubledEffectIsNotExcusedByAnotherOrder() {
        AskedAgain doubled = new AskedAgain(SAME, of(5, 0, 5, 5), of(5, 2, 5, 0), of(15, 0, 5, 0), SAME);

        assertThat(verdict(asked(NONE_OF_FORTY, NONE_OF_SIXTY, NONE_OF_FORTY, 0, doubled)))
                .isEqualTo(ValidationVerdict.REJECT);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new VerdictRule(1.1, 0.1, 1.2, 0.2, 0.05, 0.05, 5))
                .hasMessageContaining("approveSpeedup is (1.1)");
        assertThatThrownBy(() -> new VerdictRule(1.2, 0.1, 1.1, 0.2, 0.05, 0, 5))
                .hasMessageContaining("alpha is (0.0)");
    }

    @Test
    void effectsThatTheOriginalDoesNotAlwaysHaveCannotBeTold() {
        assertThat(verdict(withEffects(new Findings.EffectCounts(of(10, 5, 40, 18), SAME))))
                .isEqualTo(ValidationVerdict.INCONCLUSIVE);
    }

    /** Equal versions whose effects vary by chance would else be rejected, each time one does. */
    @Test
    void oneWrongEffectIsNoPassAndRejectsIfItComesAgain() {
        Findings.EffectCounts once = new Findings.EffectCounts(of(10, 0, 40, 1), SAME);

        assertThat(verdict(withEffects(once))).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(withEffects(once, SAME))).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(withEffects(once, of(5, 0, 5, 5)))).isEqualTo(ValidationVerdict.REJECT);
        assertThat(verdict(withEffects(new Findings.EffectCounts(of(10, 0, 40, 20), SAME))))
                .isEqualTo(ValidationVerdict.REJECT);
    }

    /** A judge that cannot tell says neither that outputs differ nor that they are equal. */
    @Test
    void outputsThatCouldNotBeJudgedRejectNothingAndPassNothing() {
        Findings.Count unjudged = new Findings.Count(40, 40, 40);
        Compared unjudgedAgain = new Compared(new Findings.Count(0, 0, 5), new Findings.Count(5, 5, 5));

        assertThat(verdict(asked(unjudged, NONE_OF_SIXTY, NONE_OF_FORTY, 0))).isEqualTo(ValidationVerdict.INCONCLUSIVE);
        assertThat(verdict(asked(NONE_OF_FORTY, NONE_OF_SIXTY, NONE_OF_FORTY, 0, outputs(unjudgedAgain))))
                .isEqualTo(ValidationVerdict.INCONCLUSIVE);
    }

    /**
     * On a hard input both fail in four of five runs, and the original ran there three times as often: of all runs together it
     * failed more often, although it is the candidate that failed elsewhere.
     */
    @Test
    void whatWasAskedMoreOftenOfTheOriginalHidesNoFailureElsewhere() {
        Findings findings =
                asked(NONE_OF_FORTY, NONE_OF_SIXTY, new Findings.Count(2, 0, 40), 0, failures(of(15, 12, 5, 4)));

        assertThat(verdict(findings)).isEqualTo(ValidationVerdict.CONDITIONAL);
    }
}
