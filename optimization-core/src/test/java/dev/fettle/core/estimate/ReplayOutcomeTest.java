package dev.fettle.core.estimate;

import static dev.fettle.core.estimate.GeneratedRuns.suggestion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.change.SubstituteModel;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.plan.Source;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

/** Cases worked out by hand: a check that may fail, and an agent behind it. */
class ReplayOutcomeTest {
    private static final ModelTable MODELS = new ModelTable(
            List.of(ModelTable.model("big", "10", "20", 50, 0.8), ModelTable.model("small", "1", "2", 100, 0.6)));

    private static final Workflow WORKFLOW = new Workflow(
            "hand",
            "check",
            Set.of("in"),
            Set.of("answer"),
            List.of(
                    Node.builder("check", new NodeBody.Function("check"))
                            .state(List.of("in"), List.of("unread"))
                            .effects(Effects.NONE)
                            .build(),
                    Node.builder("answer", new NodeBody.Agent("big", "{in}"))
                            .state(List.of("in"), List.of("answer"))
                            .effects(Effects.NONE)
                            .build()),
            List.of(Edge.of("check", "answer")),
            List.of(),
            false);

    private static ExecutionTrace run(int id, boolean fails) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        occurrences.add(NodeOccurrence.builder("c" + id, "check")
                .duration(Duration.ofSeconds(2))
                .status(fails ? Status.ERROR : Status.OK)
                .build());
        if (!fails) {
            ModelCall call = new ModelCall(
                    "big",
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4),
                    new TokenUsage(100_000, 50_000, 0),
                    Status.OK,
                    null,
                    null,
                    null,
                    null);
            occurrences.add(NodeOccurrence.builder("a" + id, "answer")
                    .start(Duration.ofSeconds(3))
                    .duration(Duration.ofSeconds(5))
                    .modelCalls(List.of(call))
                    .build());
        }
        return GeneratedRuns.trace(
                "run" + id, fails ? Status.ERROR : Status.OK, (fails ? 2L : 8L) * 1_000_000_000, occurrences);
    }

    private static ReplayEstimator estimator(boolean... fails) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (boolean failing : fails) {
            traces.add(run(traces.size(), failing));
        }
        return new ReplayEstimator(WORKFLOW, traces, MODELS, ReplaySettings.of(2));
    }

    @Test
    void aModelIsReplacedByItsPriceAndSpeed() {
        Estimate estimate = estimator(false, false)
                .estimate(List.of(suggestion("small", "model", new SubstituteModel("answer", "small"))))
                .orElseThrow();
        assertThat(estimate.costUsd().before()).isCloseTo(2, within(1e-9));
        assertThat(estimate.costUsd().after()).isCloseTo(0.2, within(1e-9));
        assertThat(estimate.durationSeconds().after()).isCloseTo(6, within(1e-9));
        assertThat(estimate.quality().after()).isCloseTo(0.75, within(1e-9));
        assertThat(estimate.quality().source()).isEqualTo(Source.ASSUMED);
        assertThat(estimate.durationSeconds().low()).isLessThan(6);
        assertThat(estimate.assumptions()).anySatisfy(text -> assertThat(text).contains("table of models"));
    }

    @Test
    void aRunThatFailedForARemovedNodeGoesOnAsACompletedOneDoes() {
        Estimate estimate = estimator(false, true, false, true)
                .estimate(List.of(suggestion("remove", "check", new RemoveNode("check"))))
                .orElseThrow();
        assertThat(estimate.success().before()).isEqualTo(0.5);
        assertThat(estimate.success().after()).isEqualTo(1);
        assertThat(estimate.durationSeconds().before()).isCloseTo(5, within(1e-9));
        // the second before the agent is its own way in; the two seconds of the check are gone
        assertThat(estimate.durationSeconds().after()).isCloseTo(6, within(1e-9));
        assertThat(estimate.costUsd().after()).isCloseTo(2, within(1e-9));
    }

    @Test
    void retriesRescueAsManyRunsAsTheFailureRateLets() {
        Policies retried = Policies.NONE.withRetry(new Policies.Retry(2, Duration.ofSeconds(1)));
        Estimate estimate = estimator(false, true, false, true)
                .estimate(List.of(suggestion("retry", "check", new SetPolicies("check", retried))))
                .orElseThrow();
        assertThat(estimate.success().after()).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void aTimeoutCutsAndFailsARun() {
        Policies hasty = Policies.NONE.withTimeout(Duration.ofSeconds(1));
        Estimate estimate = estimator(false, false)
                .estimate(List.of(suggestion("hasty", "check", new SetPolicies("check", hasty))))
                .orElseThrow();
        assertThat(estimate.success().after()).isZero();
        assertThat(estimate.durationSeconds().after()).isCloseTo(1, within(1e-9));
        assertThat(estimate.costUsd().after()).isZero();
    }

    @Test
    void runsThatFailNeverMakeACandidateBetter() {
        Constraints open =
                new Constraints(RiskLevel.HIGH, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Set.of(), 0);
        Policies hasty = Policies.NONE.withTimeout(Duration.ofMillis(1500));
        ReplayEstimator estimator = estimator(false, false, false, true);
        Means cut = estimator
                .means(List.of(suggestion("hasty", "check", new SetPolicies("check", hasty))))
                .orElseThrow();
        Means baseline = estimator.baseline();
        assertThat(cut.seconds()).isLessThan(baseline.seconds() / 2);
        assertThat(cut.usd()).isLessThan(baseline.usd());
        // the run that failed anyway is not counted
        assertThat(cut.lost()).isEqualTo(0.75);
        Score score = new Score(Objective.BALANCED, open, baseline);
        assertThat(score.of(cut)).isGreaterThan(CandidateEvaluator.INFEASIBLE);
        // what fails anyway may fail sooner
        ReplayEstimator failing = estimator(true, true);
        Means sooner = failing.means(List.of(suggestion("hasty", "check", new SetPolicies("check", hasty))))
                .orElseThrow();
        assertThat(sooner.lost()).isZero();
        assertThat(new Score(Objective.BALANCED, open, failing.baseline()).of(sooner))
                .isLessThan(new Score(Objective.BALANCED, open, failing.baseline()).of(failing.baseline()));
    }

    @Test
    void aModelWithoutAPriceMakesTheCostUnknownAndIsNamed() {
        Estimate estimate = estimator(false, false)
                .estimate(List.of(suggestion("house", "model", new SubstituteModel("answer", "house-model"))))
                .orElseThrow();
        assertThat(estimate.costUsd().before()).isCloseTo(2, within(1e-9));
        assertThat(estimate.costUsd().after()).isNaN();
        assertThat(estimate.assumptions())
                .anySatisfy(text -> assertThat(text).contains("'house-model'").contains("its price is not known"));
        assertThat(estimate.assumptions()).contains("not counted: 2 model calls without a known price");
    }

    @Test
    void oneRunHasNoInterval() {
        Estimate one = estimator(false).estimate(List.of()).orElseThrow();
        assertThat(one.durationSeconds().after()).isCloseTo(8, within(1e-9));
        assertThat(one.durationSeconds().low()).isNaN();
        assertThat(one.durationSeconds().high()).isNaN();
        assertThat(one.assumptions()).anySatisfy(text -> assertThat(text).startsWith("one run, no interval"));
        Estimate two = estimator(false, false).estimate(List.of()).orElseThrow();
        assertThat(two.durationSeconds().low()).isCloseTo(8, within(1e-9));
    }

    @Test
    void anLfuCacheIsSaidToBeReplayedOtherwiseThanItRuns() {
        for (Policies.Cache.Eviction eviction : Policies.Cache.Eviction.values()) {
            Policies cached = Policies.NONE.withCache(new Policies.Cache(null, null, 10, eviction));
            Estimate estimate = estimator(false, false)
                    .estimate(List.of(suggestion("cache", "check", new SetPolicies("check", cached))))
                    .orElseThrow();
            assertThat(estimate.assumptions().stream().anyMatch(text -> text.contains("exact LFU")))
                    .isEqualTo(eviction == Policies.Cache.Eviction.LFU);
        }
    }

    @Test
    void onlyCallsThatSucceededTellHowFastAToolIs() {
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ToolCall call = GeneratedRuns.call(0, 1_000_000_000L, "a" + i);
            calls.add(call);
            calls.add(new ToolCall(
                    call.tool(),
                    "b" + i,
                    null,
                    call.start(),
                    Duration.ofMillis(1),
                    Status.ERROR,
                    "Refused",
                    null,
                    null,
                    null));
        }
        ExecutionTrace trace = GeneratedRuns.trace(
                "t",
                Status.OK,
                1_000_000_000L,
                List.of(NodeOccurrence.builder("c", "check").toolCalls(calls).build()));
        SummaryStatistics speed =
                SampleStatistics.of(List.of(trace)).tool(calls.get(0).tool());
        assertThat(speed).isNotNull();
        assertThat(speed.getMean()).isCloseTo(1, within(1e-9));
    }

    @Test
    void whatIsUnknownKeepsNoBound() {
        Constraints bounded = new Constraints(RiskLevel.HIGH, 0.9, 1, Double.POSITIVE_INFINITY, Set.of(), 0);
        Constraints open =
                new Constraints(RiskLevel.HIGH, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Set.of(), 0);
        Means baseline = new Means(1, 1, 1, 1, 0, 0);
        Means unpriced = new Means(1, Double.NaN, 1, 1, 0, 0);
        Means unjudged = new Means(1, 1, Double.NaN, 1, 0, 0);
        Score strict = new Score(Objective.BALANCED, bounded, baseline);
        assertThat(strict.of(baseline)).isLessThan(CandidateEvaluator.INFEASIBLE);
        assertThat(strict.of(unpriced)).isGreaterThanOrEqualTo(CandidateEvaluator.INFEASIBLE);
        assertThat(strict.of(unjudged)).isGreaterThanOrEqualTo(CandidateEvaluator.INFEASIBLE);
        assertThat(new Score(Objective.BALANCED, open, unpriced).of(unpriced))
                .isLessThan(CandidateEvaluator.INFEASIBLE);
    }

    @Test
    void aBoundThatIsMetExactlyIsKeptWhateverRoundingDoes() {
        Constraints bounded = new Constraints(RiskLevel.HIGH, 0.92, 0.3, 3e9, Set.of(), 0);
        Score score = new Score(Objective.BALANCED, bounded, new Means(1, 1, 1, 1, 0, 0));
        double quality = 1 - 0.01 - 0.07;
        double usd = 0.1 + 0.2;
        assertThat(quality).isLessThan(0.92);
        assertThat(usd).isGreaterThan(0.3);
        assertThat(score.of(new Means(1, usd, quality, 1, 0, 3e9))).isLessThan(CandidateEvaluator.INFEASIBLE);
        assertThat(score.of(new Means(1, 0.3001, 0.92, 1, 0, 3e9))).isGreaterThan(CandidateEvaluator.INFEASIBLE);
        assertThat(score.of(new Means(1, 0.3, 0.9199, 1, 0, 3e9))).isGreaterThan(CandidateEvaluator.INFEASIBLE);
    }

    @Test
    void theBoundsOfHigherQuantilesAreNotBelowThoseOfLowerOnes() {
        for (int seed = 0; seed < 40; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed, 6, 2 + seed % 7);
            Estimate estimate = new ReplayEstimator(runs.workflow, runs.traces, ModelTable.NONE, ReplaySettings.of(2))
                    .estimate(List.of())
                    .orElseThrow();
            MetricEstimate median = estimate.durationP50Seconds();
            MetricEstimate p95 = estimate.durationP95Seconds();
            MetricEstimate p99 = estimate.durationP99Seconds();
            assertThat(p95.low()).isGreaterThanOrEqualTo(median.low()).isLessThanOrEqualTo(p95.after());
            assertThat(p95.high()).isGreaterThanOrEqualTo(median.high());
            assertThat(p99.low()).isGreaterThanOrEqualTo(p95.low()).isLessThanOrEqualTo(p99.after());
            assertThat(p99.high()).isGreaterThanOrEqualTo(p95.high());
        }
    }
}
