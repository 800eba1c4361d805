package dev.fettle.search.annealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.search.Decision;
import dev.fettle.search.annealing.AnnealingSettings.Cooling;
import dev.fettle.search.choicedag.ChoiceDag;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import dev.fettle.testkit.search.DistributionAssert;
import dev.fettle.testkit.search.FunctionProblem;
import dev.fettle.testkit.search.TestContext;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WalkTest {
    private static final FunctionProblem STEP = new FunctionProblem(
            List.of(Decision.choice("step", 2)), new int[1], false, candidate -> new double[] {candidate[0]});

    private static double acceptance(long seed, double temperature) {
        Walk walk =
                new Walk(STEP.newEvaluator(), new Space(STEP), new SplitMix(seed), new Incumbent(STEP.baseline(), 0));
        return walk.go(10_000, temperature) / 10_000.0;
    }

    @Test
    void acceptsARiseWithTheProbabilityOfMetropolis() {
        for (double temperature : new double[] {0.3, 1, 3}) {
            // Up takes 1/p tries in the mean, down one.
            double p = Math.exp(-1 / temperature);
            double expected = 2 / (1 / p + 1);
            DistributionAssert.assertThatOverSeeds(30, seed -> acceptance(seed, temperature))
                    .hasMeanNear(expected, 5);
        }
    }

    @Test
    void acceptsNoRiseWhenItIsCold() {
        assertThat(acceptance(1, 1e-9)).isZero();
    }

    @Test
    void geometricCoolingGoesFromStartToEnd() {
        Schedule schedule = Schedule.of(Cooling.GEOMETRIC, 2, 0.02);
        assertThat(schedule.temperature(0)).isEqualTo(2);
        assertThat(schedule.temperature(0.5)).isCloseTo(0.2, within(1e-12));
        assertThat(schedule.temperature(1)).isCloseTo(0.02, within(1e-12));
    }

    @Test
    void adaptiveCoolingHeatsWhereTooLittleIsAcceptedAndCoolsWhereTooMuchIs() {
        Schedule cold = Schedule.of(Cooling.ADAPTIVE, 1, 0.01);
        Schedule hot = Schedule.of(Cooling.ADAPTIVE, 1, 0.01);
        for (int i = 0; i < 20; i++) {
            cold.accepted(1, 100, 0.4);
            hot.accepted(99, 100, 0.4);
        }
        assertThat(cold.temperature(0.4)).isGreaterThan(2);
        assertThat(hot.temperature(0.4)).isLessThan(0.5);
    }

    @Test
    void aTemperatureFarAboveTheScoresNeverCools() {
        ChoiceDag dag = ChoiceDag.generate(5, 40, 4);
        AnnealingSettings sampled = AnnealingSettings.DEFAULT;
        AnnealingSettings fixed = new AnnealingSettings(Cooling.GEOMETRIC, 100, 0.5, 0.07, 1, 0.5);
        DistributionAssert.assertThatOverSeeds(10, seed -> result(dag, fixed, seed) - result(dag, sampled, seed))
                .hasQuantileAtMost(0, 1)
                .satisfies(differences -> assertThat(differences[0]).isPositive());
    }

    @Test
    void comesNearTheBestKnownOfAGraphOfChoices() {
        ChoiceDag dag = ChoiceDag.generate(6, 40, 4);
        double best = Math.min(
                new SimulatedAnnealing()
                        .search(dag, TestContext.of(AnnealingSettings.DEFAULT, 1, 400_000))
                        .score(),
                new SimulatedAnnealing()
                        .search(dag, TestContext.of(AnnealingSettings.DEFAULT, 2, 400_000))
                        .score());
        DistributionAssert.assertThatOverSeeds(10, seed -> result(dag, AnnealingSettings.DEFAULT, seed) / best - 1)
                .hasMedianAtMost(0.005)
                .hasMaximumAtMost(0.03);
    }

    private static double result(ChoiceDag dag, AnnealingSettings settings, long seed) {
        return new SimulatedAnnealing()
                .search(dag, TestContext.of(settings, seed, 10_000))
                .score();
    }
}
