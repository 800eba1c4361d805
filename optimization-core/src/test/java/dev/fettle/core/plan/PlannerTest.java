package dev.fettle.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Policies;
import dev.fettle.core.estimate.GeneratedRuns;
import dev.fettle.core.estimate.ModelTable;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.ReplaySettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Constraints LOOSE =
            new Constraints(RiskLevel.HIGH, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Set.of(), 0);

    /** Finds everything at once, useful or not. */
    private static final class Everything implements SearchAlgorithm {
        @Override
        public String name() {
            return "everything";
        }

        @Override
        public SearchResult search(SearchProblem problem, SearchContext context) {
            int[] all = new int[problem.decisions().size()];
            Arrays.fill(all, 1);
            return new SearchResult(
                    all, 0, 1, List.of(new SearchResult.FrontPoint(all, new double[] {0})), "done", "{}");
        }
    }

    @Test
    void aTimeoutThatMakesRunsFailIsNoGainAndInNoPlan() {
        GeneratedRuns runs = new GeneratedRuns(5, 6, 8);
        ReplayEstimator estimator =
                new ReplayEstimator(runs.workflow, runs.traces, ModelTable.NONE, ReplaySettings.of(2));
        Suggestion hasty = GeneratedRuns.suggestion(
                "hasty", "hasty", new SetPolicies(runs.nodes().get(0), Policies.NONE.withTimeout(Duration.ofNanos(2))));
        Planner planner = new Planner(estimator, List.of(hasty), Objective.BALANCED, LOOSE);
        SearchSession session = new SearchSession(
                new Budget(10, Duration.ofMinutes(1), 0), 1, new Everything().defaultSettings(), System::nanoTime);

        assertThat(estimator.means(List.of(hasty)).orElseThrow().seconds())
                .isLessThan(estimator.baseline().seconds());
        assertThat(planner.rank()).singleElement().satisfies(ranked -> {
            assertThat(ranked.gain()).isEqualTo(-1);
            assertThat(ranked.estimate().success().after()).isZero();
        });
        assertThat(planner.plan(new Everything(), session).suggestions()).isEmpty();
    }

    @Test
    void thePlanWithUselessSuggestionsIsNoAlternativeToThePlan() {
        GeneratedRuns runs = new GeneratedRuns(3, 5, 3);
        ReplayEstimator estimator =
                new ReplayEstimator(runs.workflow, runs.traces, ModelTable.NONE, ReplaySettings.of(2));
        Suggestion useful = runs.nodes().stream()
                .map(node -> GeneratedRuns.suggestion("remove", "remove", new RemoveNode(node)))
                .filter(suggestion -> estimator.means(List.of(suggestion)).isPresent())
                .findFirst()
                .orElseThrow();
        String kept = runs.nodes().stream()
                .filter(node -> !useful.changes().contains(new RemoveNode(node)))
                .findFirst()
                .orElseThrow();
        Suggestion useless = GeneratedRuns.suggestion("useless", "useless", new SetParameter(kept, "level", 1));
        Planner planner = new Planner(estimator, List.of(useful, useless), Objective.BALANCED, LOOSE);

        List<Plan> plans = planner.plans(
                new Everything(),
                new SearchSession(
                        new Budget(1, Duration.ofMinutes(1), 0),
                        1,
                        new Everything().defaultSettings(),
                        System::nanoTime));

        assertThat(plans).hasSize(1);
        assertThat(plans.get(0).suggestions()).containsExactly(useful);
    }

    /** Finds nothing. */
    private static final class Nothing implements SearchAlgorithm {
        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public SearchResult search(SearchProblem problem, SearchContext context) {
            int[] none = problem.baseline();
            return new SearchResult(none, 0, 1, List.of(), "done", "{}");
        }
    }

    @Test
    void noAlternativeIsBetterThanAnotherInEverythingNorThanThePlanByTheScore() {
        int found = 0;
        int improved = 0;
        for (int seed = 0; seed < 12; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed, 6, 4);
            ReplayEstimator estimator =
                    new ReplayEstimator(runs.workflow, runs.traces, ModelTable.NONE, ReplaySettings.of(2));
            Planner planner = new Planner(
                    estimator, RandomSuggestions.of(runs, new Random(seed)), Objective.BALANCED, Constraints.DEFAULT);
            SearchSession session = new SearchSession(
                    new Budget(1, Duration.ofMinutes(1), 0), 1, new Nothing().defaultSettings(), System::nanoTime);

            List<Plan> plans = planner.plans(new Nothing(), session);

            Plan best = plans.get(0);
            assertThat(best.score()).isLessThanOrEqualTo(best.baselineScore());
            assertThat(plans).allMatch(plan -> plan.score() >= best.score() - 1e-4 * Math.abs(best.score()));
            improved += best.suggestions().isEmpty() ? 0 : 1;
            for (Plan one : plans.subList(1, plans.size())) {
                assertThat(plans).noneMatch(other -> better(other.estimate(), one.estimate()));
                found++;
            }
        }
        assertThat(found).isGreaterThan(12);
        assertThat(improved).isPositive();
    }

    private static boolean better(Estimate one, Estimate other) {
        double seconds = other.durationSeconds().after() - one.durationSeconds().after();
        double usd = other.costUsd().after() - one.costUsd().after();
        double quality = one.quality().after() - other.quality().after();
        double margin = 1e-6;
        // an unknown cost is no difference
        boolean worse = seconds < -margin || usd < -margin || quality < -margin;
        return !worse && (seconds > margin || usd > margin || quality > margin);
    }
}
