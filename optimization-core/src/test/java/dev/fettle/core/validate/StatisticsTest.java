package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.validate.Measured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    private static PairOutcome pair(double before, double after, double usdBefore, double usdAfter) {
        return new PairOutcome(
                0, null, measure(before, usdBefore), measure(after, usdAfter), null, EffectDifference.SAME);
    }

    private static RunMeasure measure(double seconds, double usd) {
        return new RunMeasure(
                seconds, new RunCost(usd, Collections.emptySortedMap()), Map.of(), EffectTrail.NONE, null, null);
    }

    private static PairedStatistics statistics(List<PairOutcome> pairs) {
        return new PairedStatistics(pairs, new Bootstrap(1000, 11, 0.025));
    }

    @ParameterizedTest
    @CsvSource({"8, 0.3", "20, 0.3", "20, 1.0", "40, 0.5"})
    void theIntervalOfTheSpeedupCoversTheTruthInSome95Percent(int pairs, double sigma) {
        int covered = 0;
        int seeds = 400;
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            List<PairOutcome> outcomes = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                double input = Math.exp(random.nextGaussian());
                outcomes.add(pair(
                        1.4 * input * Math.exp(sigma * random.nextGaussian()),
                        input * Math.exp(sigma * random.nextGaussian()),
                        0,
                        0));
            }
            Measured speedup = statistics(outcomes).speedup();
            covered += speedup.low() <= 1.4 && 1.4 <= speedup.high() ? 1 : 0;
        }
        assertThat((double) covered / seeds).isBetween(0.915, 0.985);
    }

    @Test
    void savedCostIsThePartOfTheSum() {
        Measured saving = statistics(List.of(pair(1, 1, 4, 3), pair(1, 1, 4, 3), pair(1, 1, 2, 1.5)))
                .costReduction();

        assertThat(saving.value()).isEqualTo(0.25);
    }

    @Test
    void twoFreeVersionsSaveExactlyNothing() {
        assertThat(statistics(List.of(pair(1, 1, 0, 0), pair(1, 1, 0, 0))).costReduction())
                .isEqualTo(new Measured(0, 0, 0));
    }

    @Test
    void aCandidateThatCostsWhereTheOriginalIsFreeIsInfinitelyDearer() {
        assertThat(statistics(List.of(pair(1, 1, 0, 1), pair(1, 1, 0, 1)))
                        .costReduction()
                        .high())
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void runsOfNoDurationAndFailedRunsAreNoMeasurement() {
        List<PairOutcome> pairs = List.of(
                pair(0, 1, 0, 0),
                pair(1, Double.NaN, 0, 0),
                pair(Double.POSITIVE_INFINITY, 1, 0, 0),
                new PairOutcome(
                        0,
                        null,
                        measure(1, 0),
                        RunMeasure.failed("no", EffectTrail.NONE, null),
                        null,
                        EffectDifference.SAME));

        assertThat(statistics(pairs).count()).isZero();
        assertThat(statistics(pairs).speedup().value()).isNaN();
        assertThat(statistics(pairs).costReduction().value()).isNaN();
    }

    @Test
    void onePairHasNoInterval() {
        Measured speedup = statistics(List.of(pair(2, 1, 0, 0))).speedup();

        assertThat(speedup.value()).isEqualTo(2);
        assertThat(speedup.low()).isNaN();
    }

    @Test
    void constantRatiosHaveAnIntervalWithoutWidth() {
        Measured speedup = statistics(Collections.nCopies(10, pair(3, 2, 0, 0))).speedup();

        assertThat(speedup.low()).isEqualTo(speedup.high()).isCloseTo(1.5, within(1e-12));
    }

    @Test
    void fishersTestAgreesWithTheTextbook() {
        Findings.Count few = new Findings.Count(1, 0, 10);
        Findings.Count many = new Findings.Count(8, 0, 10);

        assertThat(FisherExact.secondIsWorse(few, many)).isBetween(0.0027, 0.0028);
        assertThat(FisherExact.secondIsWorse(many, few)).isGreaterThan(0.99);
        assertThat(FisherExact.secondIsWorse(new Findings.Count(0, 0, 0), many)).isEqualTo(1);
    }

    @Test
    void fourLooksTogetherMissInFivePercent() {
        Random random = new Random(5);
        int runs = 40_000;
        int missed = 0;
        for (int run = 0; run < runs; run++) {
            double sum = 0;
            boolean crossed = false;
            for (int look = 1; look <= 4; look++) {
                sum += random.nextGaussian();
                double z = look == 4
                        ? Look.LAST.z()
                        : Look.after(look, 4).orElseThrow().z();
                crossed |= Math.abs(sum / Math.sqrt(look)) > z;
            }
            missed += crossed ? 1 : 0;
        }
        assertThat((double) missed / runs).isBetween(0.046, 0.054);
    }

    @Test
    void looksComeAfterEachQuarter() {
        List<Integer> looks = new ArrayList<>();
        for (int pairs = 1; pairs < 20; pairs++) {
            if (Look.after(pairs, 20).isPresent()) {
                looks.add(pairs);
            }
        }
        assertThat(looks).containsExactly(5, 10, 15);
    }

    @Test
    void intervalsOfEarlyLooksHoldTheTruthMoreOften() {
        Random random = new Random(21);
        double tail = Look.after(10, 20).orElseThrow().tail();
        int speedups = 0;
        int costs = 0;
        int runs = 1500;
        for (int run = 0; run < runs; run++) {
            List<PairOutcome> pairs = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                double before = Math.exp(0.4 * random.nextGaussian());
                pairs.add(pair(
                        before,
                        before / 1.3 * Math.exp(0.2 * random.nextGaussian()),
                        before,
                        0.7 * before * (0.9 + 0.2 * random.nextDouble())));
            }
            Measured speedup = statistics(pairs).speedupByT(tail);
            Measured saving = statistics(pairs).costReductionByT(tail);
            speedups += speedup.low() <= 1.3 && 1.3 <= speedup.high() ? 1 : 0;
            costs += saving.low() <= 0.3 && 0.3 <= saving.high() ? 1 : 0;
        }
        assertThat((double) speedups / runs).isGreaterThan(0.992);
        assertThat((double) costs / runs).isGreaterThan(0.985);
    }
}
