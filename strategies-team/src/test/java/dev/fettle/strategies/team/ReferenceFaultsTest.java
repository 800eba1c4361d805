package dev.fettle.strategies.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.strategies.team.Crew.Run;
import dev.fettle.strategies.team.change.SetFormation;
import dev.fettle.testkit.trace.Profiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Faults of an earlier implementation of team tuning, each named by its test, and how it is here. */
final class ReferenceFaultsTest {
    private static List<Bottleneck> bottlenecks(Workflow workflow, PerformanceProfile profile) {
        return ServiceLoader.load(BottleneckDetector.class).stream()
                .map(ServiceLoader.Provider::get)
                .flatMap(
                        detector -> detector
                                .detect(new DetectionContext(
                                        workflow, profile, OnePrice.UNKNOWN, detector.defaultSettings()))
                                .stream())
                .toList();
    }

    private static List<Suggestion> suggestions(Workflow workflow, List<ExecutionTrace> traces) {
        PerformanceProfile profile = Profiles.of(traces);
        List<Bottleneck> found = bottlenecks(workflow, profile);
        List<Suggestion> suggestions = new ArrayList<>();
        ServiceLoader.load(OptimizationStrategy.class)
                .forEach(strategy -> suggestions.addAll(strategy.suggest(new StrategyContext(
                        workflow,
                        profile,
                        found.stream().filter(strategy::appliesTo).toList(),
                        OnePrice.UNKNOWN,
                        ToolTrials.NONE,
                        strategy.defaultSettings()))));
        return suggestions;
    }

    private static List<ExecutionTrace> balanced(double scale) {
        return Crew.runs(
                20, i -> Run.run().atOnce(scale * (10 + i % 3), "x" + i, "a").atOnce(scale * 1, "y" + i, "b"));
    }

    @Test
    void formationBenchmarksOnTheTimeScaleOfAMock() {
        Workflow pipeline = Crew.workflow(Formation.PIPELINE, Crew.members("a", "b"));
        for (double scale : new double[] {0.001, 1, 45, 10_000}) {
            assertThat(bottlenecks(pipeline, Profiles.of(balanced(scale))))
                    .as("a team is not slow for the unit of its times (" + scale + ")")
                    .isEmpty();
        }
    }

    @Test
    void theAnswerThatWasAlwaysPipelineEvenFromPipeline() {
        for (Formation formation : Formation.values()) {
            Workflow workflow = Crew.workflow(formation, Crew.members("a", "b", "c", "d", "e"));
            List<ExecutionTrace> traces = Crew.runs(12, i -> Run.run()
                    .turn("a", 5)
                    .turn("b", 5)
                    .turn("c", 5)
                    .turn("d", 5)
                    .turn("e", 5));
            for (Suggestion suggestion : suggestions(workflow, traces)) {
                suggestion.changes().stream()
                        .filter(SetFormation.class::isInstance)
                        .map(SetFormation.class::cast)
                        .forEach(change -> assertThat(change.formation()).isNotEqualTo(formation));
            }
        }
    }

    @Test
    void aTimeoutThatWasRaisedAndCalledAnImprovementFromAHardCodedValue() {
        List<ExecutionTrace> hanging = Crew.runs(
                24,
                i -> i % 6 == 5
                        ? Run.run().turn("a", 200).fails()
                        : Run.run().turn("a", 5).turn("b", 5));
        for (long own : new long[] {1, 5, 11, 12, 13, 60, 500}) {
            Workflow workflow = Crew.workflow(
                    Formation.PIPELINE, Crew.members("a", "b"), Policies.NONE.withTimeout(Duration.ofSeconds(own)));
            for (Suggestion suggestion : suggestions(workflow, hanging)) {
                suggestion.changes().stream()
                        .filter(SetPolicies.class::isInstance)
                        .map(change -> Objects.requireNonNull(
                                ((SetPolicies) change).policies().timeout()))
                        .forEach(timeout -> assertThat(timeout).isLessThan(Duration.ofSeconds(own)));
            }
        }
    }
}
