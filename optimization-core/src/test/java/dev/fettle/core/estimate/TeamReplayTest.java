package dev.fettle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Teams in other shapes, worked out by hand: members of 2, 3 and 5 seconds, 1 USD a second. */
class TeamReplayTest {
    private static final ModelTable MODELS = new ModelTable(List.of(ModelTable.model("m", "1000000", "0", 1, 0.5)));
    private static final List<String> IDS = List.of("a", "b", "c");
    private static final int[] SECONDS = {2, 3, 5};

    private static Workflow workflow(Team team) {
        return new Workflow(
                "crew-work",
                "crew",
                Set.of("in"),
                Set.of("out"),
                List.of(Node.builder("crew", team)
                        .state(List.of("in"), List.of("out"))
                        .effects(Effects.NONE)
                        .build()),
                List.of(),
                List.of(),
                false);
    }

    private static Member member(String id) {
        return new Member(id, "", "m", "{in}", List.of(), null);
    }

    private static Team team(Formation formation, int rounds) {
        return new Team(formation, IDS.stream().map(TeamReplayTest::member).toList(), rounds);
    }

    private static NodeOccurrence turn(String member, int round, int start, int seconds, List<ToolCall> tools) {
        ModelCall asks = call(start, tools.isEmpty() ? seconds : 1);
        List<ModelCall> calls = new ArrayList<>(List.of(asks));
        for (int i = 0; i < tools.size(); i++) {
            calls.add(call(start + 2 + 2 * i, 1));
        }
        return NodeOccurrence.builder(member + round, "crew/" + member)
                .parent("crew")
                .kind(NodeKind.AGENT)
                .start(Duration.ofSeconds(start))
                .duration(Duration.ofSeconds(seconds))
                .modelCalls(calls)
                .toolCalls(tools)
                .build();
    }

    private static ModelCall call(int start, int seconds) {
        return new ModelCall(
                "m",
                Duration.ofSeconds(start),
                Duration.ofSeconds(seconds),
                new TokenUsage(seconds, 0, 0),
                Status.OK,
                null,
                null,
                null,
                null);
    }

    private static ExecutionTrace trace(int seconds, NodeOccurrence... turns) {
        List<NodeOccurrence> all = new ArrayList<>();
        all.add(NodeOccurrence.builder("crew", "crew")
                .kind(NodeKind.TEAM)
                .duration(Duration.ofSeconds(seconds))
                .build());
        all.addAll(List.of(turns));
        return GeneratedRuns.trace("run", Status.OK, seconds * 1_000_000_000L, all);
    }

    private static ExecutionTrace oneAfterTheOther() {
        return trace(
                10,
                turn("a", 0, 0, SECONDS[0], List.of()),
                turn("b", 0, 2, SECONDS[1], List.of()),
                turn("c", 0, 5, SECONDS[2], List.of()));
    }

    /** Puts a team in the place of another. */
    private record Become(Team team) implements WorkflowChange {
        @Override
        public ChangeResult apply(Workflow workflow) {
            return new ChangeResult.Applied(
                    workflow.mapNode("crew", node -> node.toBuilder().body(team).build()));
        }

        @Override
        public String describe() {
            return "become another team";
        }
    }

    private static Estimate estimate(Team before, ExecutionTrace trace, Team after) {
        return new ReplayEstimator(workflow(before), List.of(trace), MODELS, ReplaySettings.of(8))
                .estimate(List.of(GeneratedRuns.suggestion("become", "crew", new Become(after))))
                .orElseThrow();
    }

    private static void assertBecomes(Estimate estimate, double seconds, double usd) {
        assertThat(estimate.durationSeconds().after()).isCloseTo(seconds, within(1e-9));
        assertThat(estimate.costUsd().after()).isCloseTo(usd, within(1e-9));
    }

    @Test
    void aSequenceThatBecomesParallelTakesAsLongAsTheLongestTurn() {
        assertBecomes(estimate(team(Formation.SEQUENTIAL, 1), oneAfterTheOther(), team(Formation.PARALLEL, 1)), 5, 10);
    }

    @Test
    void aLeadTakesTwoTurnsAroundThoseOfTheOthers() {
        assertBecomes(
                estimate(team(Formation.SEQUENTIAL, 1), oneAfterTheOther(), team(Formation.HIERARCHICAL, 1)), 9, 12);
    }

    @Test
    void membersOfAGroupAreOneAfterTheOther() {
        Team grouped = new Team(
                Formation.HIERARCHICAL,
                Stream.of("a", "b", "c")
                        .map(id -> new Member(id, "", "m", "", List.of(), null, id.equals("a") ? null : "g"))
                        .toList(),
                1);
        assertBecomes(estimate(team(Formation.SEQUENTIAL, 1), oneAfterTheOther(), grouped), 12, 12);
    }

    @Test
    void aMemberThatIsGoneTakesNothing() {
        Team smaller = new Team(Formation.SEQUENTIAL, List.of(member("a"), member("c")), 1);
        assertBecomes(estimate(team(Formation.SEQUENTIAL, 1), oneAfterTheOther(), smaller), 7, 7);
    }

    @Test
    void furtherRoundsOfAConsensusAreGoneWithTheFormation() {
        ExecutionTrace rounds = trace(
                10,
                turn("a", 0, 0, 2, List.of()),
                turn("b", 0, 0, 3, List.of()),
                turn("c", 0, 0, 5, List.of()),
                turn("a", 1, 5, 2, List.of()),
                turn("b", 1, 5, 3, List.of()),
                turn("c", 1, 5, 5, List.of()));
        assertBecomes(estimate(team(Formation.CONSENSUS, 2), rounds, team(Formation.PARALLEL, 1)), 5, 10);
        assertBecomes(estimate(team(Formation.CONSENSUS, 2), rounds, team(Formation.CONSENSUS, 1)), 5, 10);
    }

    @Test
    void callsBeyondABudgetAreNotMadeAndTheLastAnswerIs() {
        List<ToolCall> calls = Stream.of(1, 3, 5)
                .map(start -> new ToolCall(
                        "look",
                        "x",
                        "y",
                        Duration.ofSeconds(start),
                        Duration.ofSeconds(1),
                        Status.OK,
                        null,
                        null,
                        null,
                        null))
                .toList();
        ExecutionTrace trace = trace(7, turn("a", 0, 0, 7, calls));
        Team limited = new Team(Formation.SEQUENTIAL, List.of(new Member("a", "", "m", "", List.of("look"), 1)), 1);
        // model, look, model that asks in vain, last model: the calls at 3 s and 5 s and the model between them go
        assertBecomes(
                estimate(
                        new Team(Formation.SEQUENTIAL, List.of(new Member("a", "", "m", "", List.of("look"), null)), 1),
                        trace,
                        limited),
                4,
                3);
    }
}
