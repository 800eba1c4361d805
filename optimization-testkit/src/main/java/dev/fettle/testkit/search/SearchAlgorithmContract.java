package dev.fettle.testkit.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.Stable;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every search algorithm must do. Extend it with a test class in your plugin:
 *
 * <pre>
 * final class TabuSearchTest extends SearchAlgorithmContract {
 *     protected SearchAlgorithm algorithm() { return new TabuSearch(); }
 * }
 * </pre>
 */
@Stable
public abstract class SearchAlgorithmContract {
    private static final int SEEDS = 5;

    protected abstract SearchAlgorithm algorithm();

    /** The settings to test with. */
    protected Record settings() {
        return algorithm().defaultSettings();
    }

    /** The evaluations of a search here; fewer for algorithms that think long about each. */
    protected long evaluations() {
        return 3000;
    }

    /** The share of the way from the baseline to the optimum of a small problem that every search must cover. */
    protected double demandedGain() {
        return 0.9;
    }

    private SearchResult search(SearchProblem problem, long seed) {
        return algorithm().search(problem, TestContext.of(settings(), seed, evaluations()));
    }

    @Test
    void isNamedInLowerCaseWordsJoinedByHyphens() {
        assertThat(algorithm().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    }

    @Test
    void comesCloseToTheOptimumOfSmallProblems() {
        for (long seed = 0; seed < SEEDS; seed++) {
            for (FunctionProblem problem :
                    List.of(SmallProblems.separable(seed, 8, 4), SmallProblems.rugged(seed, 8, 3))) {
                double baseline = problem.score(problem.baseline());
                double gain = (baseline - search(problem, seed).score()) / (baseline - problem.optimum());
                assertThat(gain).isBetween(demandedGain(), 1 + 1e-9);
            }
        }
    }

    @Test
    void searchesNumbersAsWellAsChoices() {
        FunctionProblem problem = SmallProblems.mixed();
        double baseline = problem.score(problem.baseline());
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(search(problem, seed).score()).isLessThan((1 - demandedGain()) * baseline);
        }
    }

    @Test
    void returnsTheScoreOfItsBestCandidate() {
        FunctionProblem problem = SmallProblems.rugged(1, 8, 3);
        SearchResult result = search(problem, 1);
        assertThat(result.score()).isEqualTo(problem.score(result.best()));
    }

    @Test
    void findsTheSameWithTheSameSeed() {
        FunctionProblem problem = SmallProblems.rugged(2, 12, 4);
        SearchResult first = search(problem, 7);
        SearchResult second = search(problem, 7);
        assertThat(second.best()).isEqualTo(first.best());
        assertThat(second.score()).isEqualTo(first.score());
        assertThat(second.evaluations()).isEqualTo(first.evaluations());
        assertThat(second.state()).isEqualTo(first.state());
        assertThat(second.end()).isEqualTo(first.end());
    }

    @Test
    void staysWithinItsEvaluations() {
        FunctionProblem problem = SmallProblems.rugged(3, 8, 3);
        for (long limit : new long[] {1, 2, 7, 100, evaluations()}) {
            CountingProblem counting = new CountingProblem(problem);
            SearchResult result = algorithm().search(counting, TestContext.of(settings(), 1, limit));
            assertThat(result.evaluations()).isLessThanOrEqualTo(limit);
            assertThat(counting.distinctScored()).isLessThanOrEqualTo(limit + 1); // the baseline is free
        }
    }

    @Test
    void stopsWhenAsked() {
        FunctionProblem problem = SmallProblems.rugged(4, 12, 4);
        SearchResult result = algorithm()
                .search(problem, TestContext.of(settings(), 1, 1_000_000).stoppedAfter(50));
        assertThat(result.evaluations()).isLessThan(2000);
    }

    @Test
    void showsProgressThatOnlyImproves() {
        TestContext context = TestContext.of(settings(), 1, evaluations());
        SearchResult result = algorithm().search(SmallProblems.rugged(5, 12, 4), context);
        assertThat(context.progress())
                .isNotEmpty()
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .allMatch(best -> best >= result.score());
    }

    @Test
    void goesOnFromASavedStateAndLosesNothing() {
        FunctionProblem problem = SmallProblems.rugged(6, 14, 4);
        for (long seed = 0; seed < SEEDS; seed++) {
            TestContext context = TestContext.of(settings(), seed, evaluations());
            SearchResult first = algorithm().search(problem, context);
            SearchResult second = algorithm().search(problem, context.from(first.state()));
            SearchResult again = algorithm().search(problem, context.from(first.state()));
            assertThat(second.score()).isLessThanOrEqualTo(first.score());
            assertThat(again.best()).isEqualTo(second.best());
        }
    }

    @Test
    void refusesAStateThatIsNotItsOwn() {
        FunctionProblem problem = SmallProblems.rugged(7, 8, 3);
        for (String state : List.of("", "{}", "[1,2", "{\"algorithm\":\"another\",\"best\":[0,0,0]}")) {
            TestContext context = TestContext.of(settings(), 1, evaluations()).from(state);
            assertThatThrownBy(() -> algorithm().search(problem, context)).isInstanceOf(FettleException.class);
        }
        String other = search(SmallProblems.rugged(7, 5, 3), 1).state();
        TestContext context = TestContext.of(settings(), 1, evaluations()).from(other);
        assertThatThrownBy(() -> algorithm().search(problem, context)).isInstanceOf(FettleException.class);
    }

    @Test
    void neverReturnsAForbiddenCandidate() {
        for (long seed = 0; seed < SEEDS; seed++) {
            FunctionProblem problem = SmallProblems.forbidding(seed, 10, 4);
            SearchResult result = search(problem, seed);
            assertThat(problem.score(result.best())).isLessThan(CandidateEvaluator.INFEASIBLE);
            assertThat(result.front())
                    .allMatch(point -> problem.score(point.candidate()) < CandidateEvaluator.INFEASIBLE);
        }
    }

    @Test
    void returnsAFeasibleCandidateWhereThereIsOne() {
        for (long seed = 0; seed < SEEDS; seed++) {
            FunctionProblem problem = SmallProblems.constrained(seed, 10, 4);
            int[] infeasible = new int[10];
            java.util.Arrays.fill(infeasible, 3);
            FunctionProblem startsOutside =
                    new FunctionProblem(problem.decisions(), infeasible, false, problem.objectives());
            assertThat(search(problem, seed).score()).isLessThan(CandidateEvaluator.INFEASIBLE);
            assertThat(search(startsOutside, seed).score()).isLessThan(CandidateEvaluator.INFEASIBLE);
        }
    }

    @Test
    void returnsTheBaselineWhereNothingIsBetter() {
        FunctionProblem problem = SmallProblems.baselineIsBest();
        assertThat(search(problem, 1).best()).isEqualTo(problem.baseline());
    }

    @Test
    void returnsTheBaselineWhereThereIsNothingToDecide() {
        for (FunctionProblem problem : List.of(SmallProblems.withoutDecisions(), SmallProblems.withoutChoice())) {
            SearchResult result = search(problem, 1);
            assertThat(result.best()).isEqualTo(problem.baseline());
            assertThat(result.score()).isEqualTo(problem.score(problem.baseline()));
        }
    }

    @Test
    void decidesASingleDecision() {
        assertThat(search(SmallProblems.oneDecision(), 1).best()).containsExactly(0, 2, 0);
    }

    @Test
    void returnsAFrontThatHoldsTheBestAndNothingDominated() {
        FunctionProblem problem = SmallProblems.rugged(8, 8, 3);
        SearchResult result = search(problem, 1);
        assertThat(result.front()).anyMatch(point -> java.util.Arrays.equals(point.candidate(), result.best()));
        for (SearchResult.FrontPoint one : result.front()) {
            assertThat(result.front()).noneMatch(other -> dominates(other.objectives(), one.objectives()));
        }
    }

    private static boolean dominates(double[] a, double[] b) {
        boolean better = false;
        for (int i = 0; i < a.length; i++) {
            if (a[i] > b[i]) {
                return false;
            }
            better |= a[i] < b[i];
        }
        return better;
    }
}
