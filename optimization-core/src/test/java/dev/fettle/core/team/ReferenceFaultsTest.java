package dev.fettle.core.team;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.plan.Constraints;
import dev.fettle.api.plan.Objective;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.definition.WorkflowWriter;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.ReplaySettings;
import dev.fettle.core.model.Catalogue;
import dev.fettle.core.plan.SuggestionSpace;
import dev.fettle.core.profile.ProfileAccumulator;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.WorkflowBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Faults of an earlier implementation of team tuning, each named by its test, and how it is here. */
class ReferenceFaultsTest {
    private static final Workflow CHAIN = WorkflowBuilder.workflow("chain")
            .inputs("in")
            .outputs("out")
            .function("a", n -> n.reads("in").writes("first"))
            .function("b", n -> n.reads("in").writes("unread"))
            .function("c", n -> n.reads("first").writes("out"))
            .build();

    private static Workflow applied(ChangeResult result) {
        assertThat(result).isInstanceOf(ChangeResult.Applied.class);
        return ((ChangeResult.Applied) result).workflow();
    }

    @Test
    void pruningThatDidNotBridgeEdges() {
        Workflow without = applied(new RemoveNode("b").apply(CHAIN));
        assertThat(without.edges()).containsExactly(Edge.of("a", "c"));
        Workflow broken = CHAIN.withNodes(CHAIN.nodes().stream()
                        .filter(node -> !node.id().equals("b"))
                        .toList())
                .withEdges(List.of());
        assertThat(WorkflowCheck.problems(broken))
                .as("a graph that is cut in two does not pass")
                .isNotEmpty();
    }

    @Test
    void parallelizationThatAssumedNoDependenciesAndMadeSelfLoops() {
        Workflow block =
                applied(new Parallelize("block", List.of("a", "b", "c"), ErrorStrategy.FAIL_FAST).apply(CHAIN));
        assertThat(block.edges()).noneMatch(edge -> edge.from().equals(edge.to()));
        List<ExecutionTrace> traces = List.of(TraceBuilder.run("run")
                .ran("a", o -> o.seconds(2))
                .ran("b", o -> o.seconds(3))
                .ran("c", o -> o.seconds(4))
                .build());
        double seconds = new ReplayEstimator(CHAIN, traces, Catalogue.standard(), ReplaySettings.of(8))
                .estimate(List.of(suggestion(
                        "block", List.of(), new Parallelize("block", List.of("a", "b", "c"), ErrorStrategy.FAIL_FAST))))
                .orElseThrow()
                .durationSeconds()
                .after();
        assertThat(seconds).as("c waits for a, whose key it reads").isCloseTo(6, within(1e-6));
    }

    private static Suggestion suggestion(String id, List<ExpectedOutcome> outcomes, WorkflowChange... changes) {
        return new Suggestion(
                id,
                "test",
                "test",
                List.of("a"),
                id,
                RiskLevel.LOW,
                Recommendation.AUTOMATIC,
                "test",
                List.of(new Evidence("test", 1, 1, 1, 1)),
                List.of(changes),
                outcomes,
                1);
    }

    private static Suggestion faster(String node) {
        ExpectedOutcome half = new ExpectedOutcome(
                node,
                null,
                Amount.factor(0.5, 0.5, 0.5),
                Amount.UNCHANGED,
                Amount.UNCHANGED,
                Source.ESTIMATED,
                "half the time");
        return suggestion("faster-" + node, List.of(half), new SetParameter(node, "fast", true));
    }

    @Test
    void aSearchScoreThatIgnoredTheVariantSoThatClimbingStoppedAfterOneStep() {
        List<ExecutionTrace> traces = IntStream.range(0, 5)
                .mapToObj(i -> TraceBuilder.run("run-" + i)
                        .ran("a", o -> o.seconds(2))
                        .ran("b", o -> o.seconds(3))
                        .ran("c", o -> o.seconds(4))
                        .build())
                .toList();
        SuggestionSpace space = new SuggestionSpace(
                new ReplayEstimator(CHAIN, traces, Catalogue.standard(), ReplaySettings.of(2)),
                List.of(faster("a"), faster("b"), faster("c")),
                new Objective(1, 0, 0),
                Constraints.DEFAULT);
        CandidateEvaluator evaluator = space.newEvaluator();
        List<Double> climbed = new ArrayList<>(List.of(evaluator.score()));
        for (int decision = 0; decision < 3; decision++) {
            climbed.add(evaluator.apply(decision, 1));
        }
        assertThat(climbed).as("each step is better than the one before").doesNotHaveDuplicates();
        for (int i = 1; i < climbed.size(); i++) {
            assertThat(climbed.get(i)).isLessThan(climbed.get(i - 1));
        }
        assertThat(climbed.get(3)).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void aSavedVariantThatLostItsConfiguration() {
        Workflow workflow = new Workflow(
                "crew-work",
                "crew",
                Set.of("in"),
                Set.of("out"),
                List.of(Node.builder(
                                "crew",
                                new Team(
                                        Formation.HIERARCHICAL,
                                        List.of(
                                                new Member("lead", "Leads.", "m", "{in}", List.of(), null),
                                                new Member("x", "Works.", "m", "Do.", List.of(), 7, "left"),
                                                new Member("y", "Works.", "m", "Do.", List.of(), 0, "right")),
                                        4))
                        .state(List.of("in"), List.of("out"))
                        .effects(Effects.NONE)
                        .policies(Policies.NONE.withTimeout(Duration.ofMillis(12_345)))
                        .build()),
                List.of(),
                List.of(),
                false);
        assertThat(WorkflowReader.read(WorkflowWriter.toYaml(workflow), "saved"))
                .isEqualTo(workflow);
    }

    @Test
    void determinismMeasuredAsATokenRatio() {
        ProfileAccumulator same = new ProfileAccumulator();
        ProfileAccumulator different = new ProfileAccumulator();
        for (int i = 0; i < 10; i++) {
            int run = i;
            same.add(TraceBuilder.run("run-" + i)
                    .ran("a", o -> o.modelCall("m", 10 + 90L * (run % 2), 50).toolCall("t", "x", "always", 0.1))
                    .build());
            different.add(TraceBuilder.run("run-" + i)
                    .ran("a", o -> o.modelCall("m", 100, 100).toolCall("t", "x", "result-" + run, 0.1))
                    .build());
        }
        PerformanceProfile steady = same.profile(Catalogue.standard());
        PerformanceProfile moody = different.profile(Catalogue.standard());
        assertThat(requireNonNull(steady.tools().get("t")).determinism().value())
                .isEqualTo(1);
        assertThat(requireNonNull(moody.tools().get("t")).determinism().value()).isZero();
    }

    @Test
    void theTotalDurationTakenFromTheSlowestNode() {
        ProfileAccumulator profile = new ProfileAccumulator();
        profile.add(TraceBuilder.run("run")
                .ran("a", o -> o.seconds(2))
                .ran("b", o -> o.seconds(3))
                .ran("c", o -> o.seconds(5))
                .build());
        assertThat(profile.profile(Catalogue.standard()).duration().mean()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void anExperimentSimulatedFromTheExpectedImprovement() {
        TeamMeasures before = new TeamMeasures();
        TeamMeasures after = new TeamMeasures();
        for (int i = 0; i < 20; i++) {
            before.add(run(10 + i % 3, true));
            after.add(run(10 + (i + 1) % 3, true));
        }
        TeamComparison none = TeamComparison.of(before, after, TeamComparison.Metric.DURATION, 10);
        assertThat(none.outcome())
                .as("nothing was saved, whatever was expected")
                .isNotEqualTo(TeamComparison.Outcome.PASSED);
        TeamMeasures faster = new TeamMeasures();
        for (int i = 0; i < 20; i++) {
            faster.add(run(6 + 0.1 * (i % 3), true));
        }
        TeamComparison measured = TeamComparison.of(before, faster, TeamComparison.Metric.DURATION, 10);
        assertThat(measured.outcome()).isEqualTo(TeamComparison.Outcome.PASSED);
        assertThat(measured.improvement().value()).isCloseTo(1 - 6.095 / 10.95, within(1e-3));
    }

    static TeamRecord run(double seconds, boolean success) {
        return new TeamRecord(
                "crew",
                Formation.PARALLEL,
                success,
                seconds,
                3,
                null,
                List.of(new TeamRecord.Member("a", "a", success, seconds, 3, List.of("look"), null)),
                1,
                null);
    }
}
