package dev.fettle.core.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.core.team.TeamComparison.Metric;
import dev.fettle.core.team.TeamComparison.Outcome;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TeamComparisonTest {
    private static TeamMeasures arm(int runs, double seconds, double spread, double success, long seed) {
        Random random = new Random(seed);
        TeamMeasures measures = new TeamMeasures();
        for (int i = 0; i < runs; i++) {
            measures.add(
                    ReferenceFaultsTest.run(seconds * Math.exp(spread * random.nextGaussian()), i < success * runs));
        }
        return measures;
    }

    private static Outcome outcome(TeamMeasures before, TeamMeasures after) {
        return TeamComparison.of(before, after, Metric.DURATION, 10).outcome();
    }

    @Test
    void aClearGainPasses() {
        assertThat(outcome(arm(20, 30, 0.1, 1, 1), arm(20, 20, 0.1, 1, 2))).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aGainUnderFivePercentDecidesNothing() {
        assertThat(outcome(arm(30, 30, 0.001, 1, 1), arm(30, 29, 0.001, 1, 2))).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aLossFails() {
        assertThat(outcome(arm(20, 20, 0.1, 1, 1), arm(20, 30, 0.1, 1, 2))).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aGainThatCostsSuccessFails() {
        assertThat(outcome(arm(20, 30, 0.1, 1, 1), arm(20, 10, 0.1, 0.8, 2))).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aGainOnAverageWithAMuchLongerTailFails() {
        TeamMeasures before = arm(20, 30, 0, 1, 1);
        TeamMeasures after = arm(17, 5, 0, 1, 2);
        for (int i = 0; i < 3; i++) {
            after.add(ReferenceFaultsTest.run(60, true));
        }
        assertThat(outcome(before, after)).isEqualTo(Outcome.FAILED);
    }

    @Test
    void fewRunsDecideNothing() {
        assertThat(outcome(arm(9, 30, 0.1, 1, 1), arm(50, 10, 0.1, 1, 2))).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void whatCannotBeMeasuredDecidesNothing() {
        TeamComparison comparison = TeamComparison.of(arm(20, 30, 0.1, 1, 1), arm(20, 10, 0.1, 1, 2), Metric.COST, 10);
        assertThat(comparison.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(comparison.reasons().get(0)).contains("could not be measured");
    }

    @Test
    void equalVersionsHardlyEverPass() {
        int passed = 0;
        for (long seed = 0; seed < 500; seed++) {
            passed +=
                    outcome(arm(12, 30, 0.3, 1, 2 * seed), arm(12, 30, 0.3, 1, 2 * seed + 1)) == Outcome.PASSED ? 1 : 0;
        }
        assertThat(passed).isLessThan(25);
    }
}
