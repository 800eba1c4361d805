package dev.fettle.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.core.estimate.GeneratedRuns;
import dev.fettle.core.estimate.ModelTable;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.ReplaySettings;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedEffectsTest {
    private static final Constraints LOOSE =
            new Constraints(RiskLevel.HIGH, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Set.of(), 0);

    private static SuggestionSpace space(int seed, boolean block) {
        GeneratedRuns runs = new GeneratedRuns(seed, 4 + seed % 6, 3, 0, block);
        return new SuggestionSpace(
                new ReplayEstimator(runs.workflow, runs.traces, ModelTable.NONE, ReplaySettings.of(100)),
                RandomSuggestions.of(runs, new Random(seed)),
                Objective.BALANCED,
                LOOSE);
    }

    /** In a chain there is no slack: what is expected of an option by itself is what it does. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void inAChainAnOptionDoesExactlyWhatIsExpectedOfIt(int seed) {
        SuggestionSpace space = space(seed, false);
        CandidateEvaluator evaluator = space.newEvaluator();
        for (int decision = 0; decision < space.decisions().size(); decision++) {
            for (int option = 0; option < space.decisions().get(decision).options(); option++) {
                double[] effects = space.expectedEffects(decision, option);
                double change = evaluator.scoreWith(decision, option) - evaluator.score();
                if (change < CandidateEvaluator.INFEASIBLE / 2) {
                    assertThat(effects[0] + effects[1]).isCloseTo(change, within(1e-9));
                    assertThat(effects[2]).isCloseTo(0, within(1e-9));
                } else {
                    assertThat(effects[0] + effects[1]).isGreaterThan(CandidateEvaluator.INFEASIBLE / 2);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void whatIsAdmissibleHasAScoreAndWhatIsNotHasNone(int seed) {
        SuggestionSpace space = space(seed, true);
        CandidateEvaluator evaluator = space.newEvaluator();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            int[] candidate = space.baseline();
            for (int d = 0; d < candidate.length; d++) {
                candidate[d] = random.nextInt(4) == 0
                        ? random.nextInt(space.decisions().get(d).options())
                        : 0;
            }
            assertThat(evaluator.reset(candidate) < Double.POSITIVE_INFINITY).isEqualTo(space.admissible(candidate));
        }
    }
}
