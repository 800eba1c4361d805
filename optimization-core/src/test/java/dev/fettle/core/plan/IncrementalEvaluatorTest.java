package dev.fettle.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.change.SetParameter;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.plan.Source;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.core.estimate.GeneratedRuns;
import dev.fettle.core.estimate.Interference;
import dev.fettle.core.estimate.ModelTable;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.ReplaySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast evaluator gives what a full replay gives, wherever moves lead. */
class IncrementalEvaluatorTest {
    private static final int CASES = 12;
    private static final int MOVES = 80;
    private static final Constraints LOOSE =
            new Constraints(RiskLevel.HIGH, 0.7, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Set.of(), 0);

    @ParameterizedTest
    @CsvSource({
        "0, false, 100, 1, 1",
        "0, false, 3, 1, 1",
        "0.3, false, 1, 1, 1",
        "0, true, 2, 1, 1",
        "0.3, true, 100, 1, 1",
        "0.4, false, 2, 4, 1",
        "0.7, false, 3, 4, 1",
        "0.5, true, 2, 4, 1",
        "0.3, false, 2, 1, 1.4",
        "0.4, true, 2, 4, 1.2"
    })
    void everyMoveScoresAsAFullReplayDoes(
            double failing, boolean block, double processors, int policies, double slowdown) {
        int accepted = 0;
        int failingMoves = 0;
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed, 4 + seed % 6, 3, failing, block);
            Random random = new Random(seed);
            Interference interference = slowdown == 1
                    ? Interference.NONE
                    : new Interference(slowdown, Map.of(runs.nodes().get(0), 1.9));
            ReplaySettings settings = ReplaySettings.of(processors).with(interference);
            SuggestionSpace space = new SuggestionSpace(
                    new ReplayEstimator(runs.workflow, runs.traces, ModelTable.NONE, settings),
                    RandomSuggestions.of(runs, random, policies),
                    Objective.BALANCED,
                    LOOSE);
            CandidateEvaluator fast = space.newEvaluator();
            CandidateEvaluator full = space.newReferenceEvaluator();
            List<Decision> decisions = space.decisions();
            for (int move = 0; move < MOVES; move++) {
                int decision = random.nextInt(decisions.size());
                int option = random.nextInt(decisions.get(decision).options());
                double expected = full.scoreWith(decision, option);
                assertSame(fast.scoreWith(decision, option), expected);
                failingMoves +=
                        expected >= CandidateEvaluator.INFEASIBLE && expected < Double.POSITIVE_INFINITY ? 1 : 0;
                double threshold = full.score() + 0.02 * random.nextGaussian();
                double bounded = fast.scoreWith(decision, option, threshold);
                if (expected <= threshold) {
                    assertSame(bounded, expected);
                } else {
                    assertThat(bounded).isGreaterThan(threshold - 1e-9);
                }
                if (expected < Double.POSITIVE_INFINITY && random.nextBoolean()) {
                    int before = fast.option(decision);
                    double kept = fast.score();
                    assertSame(fast.apply(decision, option), expected);
                    assertThat(fast.apply(decision, before)).isEqualTo(kept);
                    fast.apply(decision, option);
                    full.apply(decision, option);
                    assertThat(fast.objectives()).containsExactly(full.objectives(), within(1e-9));
                    accepted++;
                }
            }
        }
        assertThat(accepted).isGreaterThan(CASES);
        assertThat(failingMoves).isPositive();
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 1e3, 1e5, 1e7})
    void optionsThatCostFarMoreThanAllElseScoreAsAFullReplayDoes(double times) {
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed, 6, 3, 0, false);
            List<Suggestion> suggestions = new ArrayList<>(RandomSuggestions.of(runs, new Random(seed)));
            for (double factor : new double[] {times, 3 * times}) {
                ExpectedOutcome dear = new ExpectedOutcome(
                        runs.nodes().get(0),
                        null,
                        Amount.factor(0.1, 0.1, 0.1),
                        Amount.factor(factor, factor, factor),
                        Amount.factor(1, 1, 1),
                        Source.ESTIMATED,
                        "test");
                suggestions.add(GeneratedRuns.suggestion(
                        "dear" + factor,
                        "dear",
                        List.of(dear),
                        new SetParameter(runs.nodes().get(0), "dear", factor)));
            }
            SuggestionSpace space = new SuggestionSpace(
                    new ReplayEstimator(runs.workflow, runs.traces, ModelTable.NONE, ReplaySettings.of(2)),
                    suggestions,
                    Objective.BALANCED,
                    LOOSE);
            CandidateEvaluator fast = space.newEvaluator();
            CandidateEvaluator full = space.newReferenceEvaluator();
            for (int decision = 0; decision < space.decisions().size(); decision++) {
                for (int option = 0; option < space.decisions().get(decision).options(); option++) {
                    double expected = full.scoreWith(decision, option);
                    if (expected < Double.POSITIVE_INFINITY) {
                        double precision = 1e-9 * Math.max(1, Math.abs(expected));
                        assertThat(fast.scoreWith(decision, option)).isCloseTo(expected, within(precision));
                    }
                }
            }
        }
    }

    private static void assertSame(double actual, double expected) {
        if (expected == Double.POSITIVE_INFINITY) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(actual).isCloseTo(expected, within(1e-9));
        }
    }
}
