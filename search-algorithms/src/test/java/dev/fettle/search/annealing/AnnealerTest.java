package dev.fettle.search.annealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Decision;
import dev.fettle.api.search.Relaxation;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.annealing.AnnealingSettings.Cooling;
import dev.fettle.testkit.search.FunctionProblem;
import dev.fettle.testkit.search.TestContext;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnnealerTest {
    private static final int DECISIONS = 3;
    private static final int HOPELESS = 2;

    /** Evaluations after which the relaxation is not asked any more. */
    private static final long TRUST = 100_000L * DECISIONS;

    private long calls;
    private long early;
    private long late;
    private boolean told = true;

    /** Three decisions of three options, the last of which is hopeless, as the relaxation says. */
    private final class Relaxed implements SearchProblem {
        private final FunctionProblem problem = new FunctionProblem(
                Collections.nCopies(DECISIONS, Decision.choice("choice", HOPELESS + 1)),
                new int[DECISIONS],
                false,
                this::score);

        private double[] score(int[] candidate) {
            calls++;
            double score = 0;
            for (int option : candidate) {
                score += option == HOPELESS ? CandidateEvaluator.INFEASIBLE : option;
            }
            early += calls < TRUST && score >= CandidateEvaluator.INFEASIBLE ? 1 : 0;
            late += calls > TRUST && score >= CandidateEvaluator.INFEASIBLE ? 1 : 0;
            return new double[] {score};
        }

        @Override
        public Optional<Relaxation> relaxation(int[] around, int mostEvaluations) {
            double[] hopeless = {0, 0, CandidateEvaluator.INFEASIBLE};
            return told
                    ? Optional.of(new Relaxation(around.clone(), new double[][] {hopeless, hopeless, hopeless}, 1))
                    : Optional.empty();
        }

        @Override
        public List<Decision> decisions() {
            return problem.decisions();
        }

        @Override
        public int[] baseline() {
            return problem.baseline();
        }

        @Override
        public CandidateEvaluator newEvaluator() {
            return problem.newEvaluator();
        }
    }

    private SearchResult search(long evaluations) {
        return search(AnnealingSettings.DEFAULT, evaluations);
    }

    private SearchResult search(AnnealingSettings settings, long evaluations) {
        return new SimulatedAnnealing().search(new Relaxed(), TestContext.of(settings, 1, evaluations));
    }

    @Test
    void leavesWhatTheRelaxationSaysAsideOnceItHasSearchedThereForLong() {
        SearchResult result = search(2 * TRUST);
        assertThat(early).isPositive().isLessThan(TRUST / 20);
        assertThat(late).isGreaterThan(TRUST / 4);
        assertThat(result.end()).contains("fell 99 times");
    }

    @Test
    void keepsToTheRelaxationInAShorterSearch() {
        search(TRUST / 2);
        assertThat(early).isPositive().isLessThan(TRUST / 40);
    }

    @Test
    void keepsToTheRelaxationWhereHardlyAnythingIsLeftAfterIt() {
        search(TRUST + 1000);
        assertThat(early + late).isPositive().isLessThan(TRUST / 20);
    }

    @Test
    void aContinuedSearchKnowsHowLongTheRelaxationWasTrusted() {
        SearchResult half = search(TRUST / 2);
        calls = 0;
        SearchResult whole = resume(half, TRUST);
        assertThat(early).isGreaterThan(TRUST / 10);
        calls = 0;
        early = 0;
        resume(whole, TRUST / 2);
        assertThat(early).isGreaterThan(TRUST / 10);
    }

    @Test
    void aContinuedSearchTrustsARelaxationThatWasNotToldBefore() {
        told = false;
        SearchResult blind = search(1000);
        told = true;
        calls = 0;
        early = 0;
        resume(blind, TRUST / 2);
        assertThat(early).isPositive().isLessThan(TRUST / 40);
    }

    private SearchResult resume(SearchResult before, long evaluations) {
        TestContext context =
                TestContext.of(AnnealingSettings.DEFAULT, 1, evaluations).from(before.state());
        return new SimulatedAnnealing().search(new Relaxed(), context);
    }

    @ParameterizedTest
    @CsvSource({"GEOMETRIC, 0", "GEOMETRIC, 0.5", "ADAPTIVE, 0", "ADAPTIVE, 0.5"})
    void everyWayToCoolGoesTogetherWithARelaxation(Cooling cooling, double startTemperature) {
        AnnealingSettings plain = AnnealingSettings.DEFAULT;
        AnnealingSettings settings = new AnnealingSettings(
                cooling, startTemperature, plain.start(), plain.end(), plain.rounds(), plain.reheat());
        SearchResult once = search(settings, 2 * TRUST);
        assertThat(once.score()).isZero();
        assertThat(late).isGreaterThan(TRUST / 10);
        calls = 0;
        SearchResult again = search(settings, 2 * TRUST);
        assertThat(again.state()).isEqualTo(once.state());
        assertThat(again.best()).isEqualTo(once.best());
    }
}
