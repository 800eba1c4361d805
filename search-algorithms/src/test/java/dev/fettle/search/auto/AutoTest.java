package dev.fettle.search.auto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.choicedag.ChoiceDag;
import dev.fettle.testkit.search.FunctionProblem;
import dev.fettle.testkit.search.SearchAlgorithmContract;
import dev.fettle.testkit.search.SmallProblems;
import dev.fettle.testkit.search.TestContext;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.junit.jupiter.api.Test;

final class AutoTest extends SearchAlgorithmContract {
    @Override
    protected SearchAlgorithm algorithm() {
        return new Auto();
    }

    @Test
    void provesTheOptimumOfSmallSpaces() {
        FunctionProblem problem = SmallProblems.rugged(3, 7, 3);
        SearchResult result = algorithm().search(problem, TestContext.of(settings(), 1, 10_000));
        assertThat(result.score()).isEqualTo(problem.optimum());
        assertThat(result.end()).contains("optimum");
        assertThat(result.evaluations()).isEqualTo(2187);
    }

    @Test
    void climbsAndAnnealsWhereTheBudgetIsTooShortForARace() {
        SearchResult result = algorithm().search(ChoiceDag.generate(1, 50, 5), TestContext.of(settings(), 1, 5000));
        assertThat(result.end())
                .startsWith("Hill climbing (")
                .contains("annealing (", "25.0 looks at each of 200 neighbours");
        assertThat(result.evaluations()).isLessThanOrEqualTo(5000);
    }

    @Test
    void racesWhereTheBudgetIsLong() {
        SearchResult result = algorithm().search(ChoiceDag.generate(1, 30, 4), TestContext.of(settings(), 1, 100_000));
        assertThat(result.end()).contains("won a short race", "annealing", "genetic", "hill-climbing");
        assertThat(result.evaluations()).isBetween(20_000L, 100_000L);
    }

    @Test
    void goesOnWithAnnealingWhereTimeIsTooShortForARace() {
        SearchResult result = algorithm().search(ChoiceDag.generate(1, 50, 5), new Timed(20_000));
        assertThat(result.end()).startsWith("Annealing, without a race: in its share of the time there were only");
        assertThat(result.evaluations()).isBetween(19_000L, 21_000L);
    }

    @Test
    void racesWhereTimeAllowsIt() {
        SearchResult result = algorithm().search(ChoiceDag.generate(1, 30, 4), new Timed(200_000));
        assertThat(result.end()).contains("won a short race");
    }

    @Test
    void endsWhereSomebodyAsksToStopInTheFirstStretch() {
        TestContext context = TestContext.of(settings(), 1, 100_000).stoppedAfter(1000);
        SearchResult result = algorithm().search(ChoiceDag.generate(1, 30, 4), context);
        assertThat(result.end()).startsWith("Annealing, and nothing after it.");
        assertThat(result.evaluations()).isBetween(1000L, 1500L);
    }

    /** A search that only time limits, in which each evaluation takes the same time. */
    private static final class Timed implements SearchContext {
        private final SplittableRandom random = new SplittableRandom(1);
        private final double evaluations;
        private double used;

        Timed(double evaluations) {
            this.evaluations = evaluations;
        }

        @Override
        public Budget budget() {
            return new Budget(Long.MAX_VALUE, Duration.ofSeconds(1), 0);
        }

        @Override
        public SplittableGenerator random() {
            return random;
        }

        @Override
        public boolean mayContinue(long made, double best) {
            used = made / evaluations;
            return used < 1;
        }

        @Override
        public double timeUsed() {
            return Math.min(1, used);
        }

        @Override
        public Optional<String> resumeFrom() {
            return Optional.empty();
        }

        @Override
        public <S extends Record> S settings(Class<S> type) {
            return type.cast(AutoSettings.DEFAULT);
        }
    }

    @Test
    void asksTheModelWhereEvaluationsAreDear() {
        FunctionProblem cheap = SmallProblems.rugged(4, 12, 4);
        FunctionProblem dear = new FunctionProblem(cheap.decisions(), cheap.baseline(), true, cheap.objectives());
        SearchResult result = algorithm().search(dear, TestContext.of(settings(), 1, 20));
        assertThat(result.end()).startsWith("Bayesian optimization");
    }
}
