package dev.fettle.core.estimate;

import static dev.fettle.core.estimate.GeneratedRuns.suggestion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.change.SubstituteTool;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayEstimatorTest {
    private static final int CASES = 24;
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    private static ReplayEstimator estimator(GeneratedRuns runs, double processors) {
        return new ReplayEstimator(runs.workflow, runs.traces, ModelTable.NONE, ReplaySettings.of(processors));
    }

    private static ReplayEstimator single(GeneratedRuns runs, ExecutionTrace trace, double processors) {
        return new ReplayEstimator(runs.workflow, List.of(trace), ModelTable.NONE, ReplaySettings.of(processors));
    }

    private static double seconds(ReplayEstimator estimator, Suggestion... suggestions) {
        return estimator.means(List.of(suggestions)).orElseThrow().seconds();
    }

    @Test
    void withoutChangesTheRecordedWallClockComesOut() {
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed);
            for (ExecutionTrace trace : runs.traces) {
                assertThat(seconds(single(runs, trace, 2)))
                        .isCloseTo(trace.wallClock().toNanos() / 1e9, within(1e-9));
            }
            Estimate estimate = estimator(runs, 2).estimate(List.of()).orElseThrow();
            assertThat(estimate.durationSeconds().after())
                    .isEqualTo(estimate.durationSeconds().before());
            assertThat(estimate.costUsd().after()).isEqualTo(estimate.costUsd().before());
            assertThat(estimate.durationSeconds().source()).isEqualTo(Source.MEASURED);
        }
    }

    @Test
    void removingANodeNeverMakesARunLonger() {
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed);
            ReplayEstimator estimator = estimator(runs, 2);
            for (String node : runs.nodes()) {
                estimator
                        .means(List.of(suggestion("remove", node, new RemoveNode(node))))
                        .ifPresent(means -> {
                            assertThat(means.seconds())
                                    .isLessThan(estimator.baseline().seconds());
                            assertThat(means.usd())
                                    .isLessThanOrEqualTo(estimator.baseline().usd());
                        });
            }
        }
    }

    @Test
    void aRemovedNodeTakesItsTimeAndTheTimeBeforeItAway() {
        int removed = 0;
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed, 5, 1);
            ExecutionTrace trace = runs.traces.get(0);
            for (int i = 1; i < 4; i++) {
                Suggestion removal = suggestion("remove", "n" + i, new RemoveNode("n" + i));
                Means means = estimator(runs, 2).means(List.of(removal)).orElse(null);
                if (means != null) {
                    NodeOccurrence before = trace.occurrences().get(i - 1);
                    double gone = Step.seconds(trace.occurrences().get(i).end().minus(before.end()));
                    assertThat(means.seconds()).isCloseTo(Step.seconds(trace.wallClock()) - gone, within(1e-9));
                    removed++;
                }
            }
        }
        assertThat(removed).isPositive();
    }

    @Test
    void aBlockWithoutLimitTakesItsLongestPathOfData() {
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed);
            for (ExecutionTrace trace : runs.traces) {
                double before = Step.seconds(trace.wallClock()) - span(trace);
                double after = seconds(single(runs, trace, UNLIMITED), block(runs));
                assertThat(after).isCloseTo(before + longestPath(runs, trace), within(1e-9));
            }
        }
    }

    @Test
    void fewProcessorsKeepABlockBetweenItsBounds() {
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed);
            for (ExecutionTrace trace : runs.traces) {
                double path = longestPath(runs, trace);
                double computing = trace.occurrences().stream()
                        .mapToDouble(occurrence -> cpu(occurrence))
                        .sum();
                for (int count = 1; count <= 3; count++) {
                    assertThat(block(runs, trace, ReplaySettings.of(count, UNLIMITED)))
                            .isBetween(Math.max(path, computing / count) - 1e-9, path + computing / count + 1e-9);
                    // no worker is idle while a member waits for one
                    assertThat(block(runs, trace, ReplaySettings.of(UNLIMITED, count)))
                            .isBetween(Math.max(path, busy(trace) / count) - 1e-9, path + busy(trace) / count + 1e-9);
                }
                assertThat(block(runs, trace, ReplaySettings.of(1))).isCloseTo(span(trace), within(1e-9));
            }
        }
    }

    private static double block(GeneratedRuns runs, ExecutionTrace trace, ReplaySettings settings) {
        ReplayEstimator estimator = new ReplayEstimator(runs.workflow, List.of(trace), ModelTable.NONE, settings);
        return seconds(estimator, block(runs)) - (Step.seconds(trace.wallClock()) - span(trace));
    }

    private static double busy(ExecutionTrace trace) {
        return trace.occurrences().stream()
                .mapToDouble(occurrence -> Step.seconds(occurrence.duration()))
                .sum();
    }

    private static double cpu(NodeOccurrence occurrence) {
        Duration cpu = occurrence.cpu();
        return cpu == null ? 0 : Step.seconds(cpu);
    }

    private static Suggestion block(GeneratedRuns runs) {
        return suggestion("block", "block", new Parallelize("block", runs.nodes(), NodeBody.ErrorStrategy.FAIL_FAST));
    }

    private static double span(ExecutionTrace trace) {
        int last = trace.occurrences().size() - 1;
        return Step.seconds(trace.occurrences()
                .get(last)
                .end()
                .minus(trace.occurrences().get(0).start()));
    }

    /** Written anew for the test: longest chain of nodes that read what the one before writes, delays included. */
    private static double longestPath(GeneratedRuns runs, ExecutionTrace trace) {
        Map<String, Double> ends = new HashMap<>();
        double longest = 0;
        Duration before = trace.occurrences().get(0).start();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            Node node = runs.workflow.node(occurrence.node()).orElseThrow();
            double ready = 0;
            for (String key : node.state().reads()) {
                ready = Math.max(ready, ends.getOrDefault(key, 0.0));
            }
            double end = ready + Step.seconds(occurrence.start().minus(before)) + Step.seconds(occurrence.duration());
            node.state().writes().forEach(key -> ends.put(key, end));
            longest = Math.max(longest, end);
            before = occurrence.end();
        }
        return longest;
    }

    @Test
    void removalAndBlockCompose() {
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed, 8, 3);
            ReplayEstimator estimator = estimator(runs, UNLIMITED);
            for (String node : runs.nodes()) {
                Suggestion removal = suggestion("remove", node, new RemoveNode(node));
                estimator.means(List.of(removal, block(runs))).ifPresent(both -> assertThat(both.seconds())
                        .isLessThanOrEqualTo(seconds(estimator, block(runs)) + 1e-9)
                        .isLessThanOrEqualTo(seconds(estimator, removal) + 1e-9));
            }
        }
    }

    @Test
    void aFasterToolShortensItsCallsOnly() {
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed);
            ExpectedOutcome outcome = new ExpectedOutcome(
                    "n1",
                    "tool",
                    Amount.factor(0.25, 0.2, 0.3),
                    Amount.factor(0.2, 0.2, 0.2),
                    Amount.UNCHANGED,
                    Source.MEASURED,
                    "trials");
            Suggestion swap = suggestion("swap", "tool", List.of(outcome), new SubstituteTool("n1", "tool", "other"));
            for (ExecutionTrace trace : runs.traces) {
                NodeOccurrence occurrence = trace.occurrences().get(1);
                double calls = occurrence.toolCalls().stream()
                        .mapToDouble(call -> Step.seconds(call.duration()))
                        .sum();
                ReplayEstimator estimator = single(runs, trace, 2);
                assertThat(seconds(estimator, swap))
                        .isCloseTo(estimator.baseline().seconds() - 0.75 * calls, within(1e-9));
                assertThat(estimator.means(List.of(swap)).orElseThrow().usd())
                        .isCloseTo(
                                estimator.baseline().usd()
                                        - 0.4 * occurrence.toolCalls().size(),
                                within(1e-9));
            }
        }
    }

    @Test
    void theIntervalHoldsTheUncertaintyOfWhatIsStated() {
        GeneratedRuns runs = new GeneratedRuns(3, 4, 1);
        ExpectedOutcome outcome = new ExpectedOutcome(
                "n2", null, Amount.absolute(2, 1, 4), Amount.UNCHANGED, Amount.UNCHANGED, Source.ASSUMED, "a guess");
        Suggestion guess = suggestion("guess", "guess", List.of(outcome), new SetParameter("n2", "level", 3));
        List<ExecutionTrace> equal = List.of(runs.traces.get(0), runs.traces.get(0));
        Estimate estimate = new ReplayEstimator(runs.workflow, equal, ModelTable.NONE, ReplaySettings.of(2))
                .estimate(List.of(guess))
                .orElseThrow();
        assertThat(estimate.durationSeconds().source()).isEqualTo(Source.ASSUMED);
        assertThat(estimate.durationSeconds().after()
                        - estimate.durationSeconds().low())
                .isCloseTo(1, within(1e-9));
        assertThat(estimate.durationSeconds().high()
                        - estimate.durationSeconds().after())
                .isCloseTo(2, within(1e-9));
        assertThat(estimate.assumptions()).anySatisfy(text -> assertThat(text).contains("a guess"));
    }

    @Test
    void aCacheAnswersRepeatedArgumentsOnly() {
        for (int seed = 0; seed < CASES; seed++) {
            GeneratedRuns runs = new GeneratedRuns(seed);
            Policies cached =
                    Policies.NONE.withCache(new Policies.Cache("tool", null, 100, Policies.Cache.Eviction.LRU));
            Suggestion cache = suggestion("cache", "cache", new SetPolicies("n1", cached));
            for (ExecutionTrace trace : runs.traces) {
                var calls = trace.occurrences().get(1).toolCalls();
                long distinct = calls.stream()
                        .map(call -> call.argumentHash())
                        .distinct()
                        .count();
                ReplayEstimator estimator = single(runs, trace, 2);
                assertThat(estimator.baseline().usd()
                                - estimator.means(List.of(cache)).orElseThrow().usd())
                        .isCloseTo(0.5 * (calls.size() - distinct), within(1e-9));
            }
        }
    }

    @Test
    void aRefusedCombinationHasNoEstimate() {
        GeneratedRuns runs = new GeneratedRuns(1, 4, 1);
        Suggestion twice = suggestion("twice", "a", new RemoveNode("n3"), new RemoveNode("n3"));
        assertThat(estimator(runs, 2).estimate(List.of(twice))).isEmpty();
    }
}
