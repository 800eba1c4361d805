package dev.fettle.runtime;

import static dev.fettle.runtime.Bench.chain;
import static dev.fettle.runtime.Bench.occurrence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.NodeBody.Parallel;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TeamTest {
    private static Member member(String id) {
        return new Member(id, "You are " + id + ".", id, id + ": {topic}", List.of(), null);
    }

    private static Node team(Formation formation, int maxRounds, String... members) {
        return Node.builder(
                        "crew",
                        new Team(
                                formation,
                                Stream.of(members).map(TeamTest::member).toList(),
                                maxRounds))
                .state(List.of("topic"), List.of("text"))
                .effects(Effects.NONE)
                .build();
    }

    private static ExecutionResult run(TalkingServer server, Node team) {
        return new Bench()
                .settings(server.settings("a", "b", "c"))
                .run(chain(Set.of("topic"), Set.of("text"), team), Map.of("topic", "bees"));
    }

    private static List<String> order(TalkingServer server) {
        return server.asked().stream().map(TalkingServer.Asked::model).toList();
    }

    /** Answers with its own name and what it was told besides its prompt. */
    private static String echo(TalkingServer.Asked asked) {
        return asked.model() + "("
                + asked.prompt().replace(asked.model() + ": bees", "").strip() + ")";
    }

    @Test
    void sequentialMembersKnowAllAnswersBefore() {
        try (TalkingServer server = new TalkingServer(TeamTest::echo)) {
            ExecutionResult result = run(server, team(Formation.SEQUENTIAL, 1, "a", "b", "c"));
            assertThat(result.error()).isNull();
            assertThat(order(server)).containsExactly("a", "b", "c");
            assertThat(result.output()).isEqualTo(Map.of("text", "c(a:\na()\n\nb:\nb(a:\na()))"));
            assertThat(server.asked().get(0).system()).isEqualTo("You are a.");
        }
    }

    @Test
    void aPipelinePassesTheLastAnswerOn() {
        try (TalkingServer server = new TalkingServer(TeamTest::echo)) {
            ExecutionResult result = run(server, team(Formation.PIPELINE, 1, "a", "b", "c"));
            assertThat(result.output()).isEqualTo(Map.of("text", "c(Input:\nb(Input:\na()))"));
        }
    }

    @Test
    void parallelMembersAnswerAtTheSameTimeAndAreJoinedInTheirOrder() {
        CyclicBarrier together = new CyclicBarrier(2);
        Function<TalkingServer.Asked, String> answer = asked -> {
            try {
                together.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
            return asked.model().toUpperCase(Locale.ROOT);
        };
        try (TalkingServer server = new TalkingServer(answer)) {
            ExecutionResult result = run(server, team(Formation.PARALLEL, 1, "b", "a"));
            assertThat(result.output()).isEqualTo(Map.of("text", "b:\nB\n\na:\nA"));
        }
    }

    @Test
    void aLeadGivesTasksAndMakesTheResult() {
        List<String> lead = new ArrayList<>(List.of("- b: dig\n- c: plant", "CONTINUE\nb: water", "a garden"));
        try (TalkingServer server = new TalkingServer(asked -> asked.model().equals("a")
                ? lead.remove(0)
                : asked.prompt().lines().reduce("", (x, y) -> y))) {
            ExecutionResult result = run(server, team(Formation.HIERARCHICAL, 3, "a", "b", "c"));
            assertThat(result.output()).isEqualTo(Map.of("text", "a garden"));
            assertThat(server.asked().stream()
                            .filter(asked -> asked.model().equals("b"))
                            .map(TalkingServer.Asked::prompt))
                    .containsExactly("b: bees\n\nYour task from a:\ndig", "b: bees\n\nYour task from a:\nwater");
            assertThat(order(server)).hasSize(7);
        }
    }

    @Test
    void theRoundsOfALeadEnd() {
        try (TalkingServer server = new TalkingServer(asked -> "CONTINUE for ever")) {
            ExecutionResult result = run(server, team(Formation.HIERARCHICAL, 2, "a", "b"));
            assertThat(result.output()).isEqualTo(Map.of("text", "CONTINUE for ever"));
            assertThat(order(server)).hasSize(5);
        }
    }

    @Test
    void consensusEndsWhenAllAgree() {
        try (TalkingServer server =
                new TalkingServer(asked -> asked.prompt().contains("disagree") ? " Honey " : asked.model())) {
            ExecutionResult result = run(server, team(Formation.CONSENSUS, 5, "a", "b", "c"));
            assertThat(result.output()).isEqualTo(Map.of("text", " Honey "));
            assertThat(order(server)).hasSize(6);
        }
    }

    @Test
    void withoutConsensusTheMajorityOfTheLastRoundCounts() {
        try (TalkingServer server = new TalkingServer(asked -> asked.model().equals("a") ? "wax" : "honey")) {
            ExecutionResult result = run(server, team(Formation.CONSENSUS, 2, "a", "b", "c"));
            assertThat(result.output()).isEqualTo(Map.of("text", "honey"));
            assertThat(order(server)).hasSize(6);
        }
    }

    @Test
    void reflectionRevisesUntilAllApprove() {
        try (TalkingServer server = new TalkingServer(asked -> {
            if (asked.model().equals("a")) {
                return asked.prompt().contains("mended") ? "better" : "first";
            }
            return asked.prompt().contains("better") ? "Approved." : "too short";
        })) {
            ExecutionResult result = run(server, team(Formation.REFLECTION, 5, "a", "b", "c"));
            assertThat(result.output()).isEqualTo(Map.of("text", "better"));
            assertThat(order(server)).hasSize(6);
        }
    }

    @Test
    void theRoundsOfAReflectionEnd() {
        try (TalkingServer server = new TalkingServer(asked -> "no")) {
            run(server, team(Formation.REFLECTION, 2, "a", "b"));
            assertThat(order(server)).containsExactly("a", "b", "a", "b", "a");
        }
    }

    @Test
    void eachTurnIsAnOccurrenceInsideTheTeamsAndTokensCountOnce() {
        try (TalkingServer server = new TalkingServer(TeamTest::echo)) {
            ExecutionResult result = run(server, team(Formation.PARALLEL, 1, "a", "b"));
            NodeOccurrence crew = occurrence(result, "crew");
            assertThat(crew.kind()).isEqualTo(NodeKind.TEAM);
            assertThat(crew.modelCalls()).isEmpty();
            assertThat(occurrence(result, "crew/a").parent()).isEqualTo(crew.id());
            assertThat(occurrence(result, "crew/b").modelCalls()).hasSize(1);
            assertThat(result.trace().tokens()).isEqualTo(new TokenUsage(20, 4, 0));
        }
    }

    @Test
    void theToolBudgetOfAMemberIsForAllItsTurns() {
        List<String> calls = new ArrayList<>();
        Member author = new Member("a", "", "a", "{topic}", List.of("look"), 1);
        Node team = Node.builder("crew", new Team(Formation.REFLECTION, List.of(author, member("b")), 1))
                .state(List.of("topic"), List.of("text"))
                .effects(Effects.NONE)
                .build();
        Workflow base = chain(Set.of("topic"), Set.of("text"), team);
        Workflow workflow = new Workflow(
                base.id(),
                base.entry(),
                base.inputs(),
                base.outputs(),
                base.nodes(),
                base.edges(),
                List.of(new ToolSpec("look", Set.of(), "look", Effects.NONE, Map.of(), null, false)),
                false);
        try (TalkingServer server = new TalkingServer(asked ->
                asked.model().equals("a") && asked.toolResults() == 0 ? "call look" : "seen " + asked.toolResults())) {
            ExecutionResult result = new Bench()
                    .settings(server.settings("a", "b"))
                    .tool("look", arguments -> {
                        calls.add("look");
                        return "a bee";
                    })
                    .run(workflow, Map.of("topic", "bees"));
            assertThat(result.error()).isNull();
            assertThat(calls).hasSize(1);
            assertThat(occurrence(result, "crew/a").toolCalls()).hasSize(1);
        }
    }

    @Test
    void membersOfAGroupTakeTurnsAndKnowWhatTheirGroupSaid() {
        Member first = new Member("b", "", "b", "", List.of(), null, "garden");
        Member second = new Member("c", "", "c", "", List.of(), null, "garden");
        Node node = Node.builder("crew", new Team(Formation.HIERARCHICAL, List.of(member("a"), first, second), 1))
                .state(List.of("topic"), List.of("text"))
                .effects(Effects.NONE)
                .build();
        try (TalkingServer server =
                new TalkingServer(asked -> asked.model().equals("a") ? "b: dig\nc: plant" : asked.model() + " done")) {
            ExecutionResult result = run(server, node);
            assertThat(result.error()).isNull();
            assertThat(order(server)).containsExactly("a", "b", "c", "a");
            assertThat(server.asked().get(1).prompt()).doesNotContain("c done");
            assertThat(server.asked().get(2).prompt()).contains("plant").contains("b done");
            assertThat(server.asked().get(3).prompt()).containsSubsequence("b done", "c done");
        }
    }

    @Test
    void aMemberThatFailsFailsTheTeam() {
        try (TalkingServer server = new TalkingServer(asked -> {
            throw new IllegalStateException("no answer");
        })) {
            ExecutionResult result = run(server, team(Formation.PARALLEL, 1, "a", "b"));
            assertThat(result.trace().status()).isEqualTo(Status.ERROR);
            assertThat(occurrence(result, "crew").status()).isEqualTo(Status.ERROR);
            assertThat(result.trace().occurrences().stream()
                            .filter(one -> one.node().startsWith("crew/"))
                            .map(NodeOccurrence::status))
                    .doesNotContain(Status.OK);
        }
    }

    @Test
    void teamsInABlockDoNotStarveEachOther() {
        Node block = Node.builder(
                        "block",
                        new Parallel(
                                List.of(
                                        team(Formation.PARALLEL, 1, "a", "b").toBuilder()
                                                .id("one")
                                                .state(List.of("topic"), List.of("first"))
                                                .build(),
                                        team(Formation.PARALLEL, 1, "b", "c").toBuilder()
                                                .id("two")
                                                .state(List.of("topic"), List.of("second"))
                                                .build()),
                                ErrorStrategy.FAIL_FAST,
                                Map.of()))
                .effects(Effects.NONE)
                .build();
        try (TalkingServer server = new TalkingServer(TalkingServer.Asked::model)) {
            ExecutionResult result = new Bench()
                    .settings(server.settings("a", "b", "c"))
                    .run(chain(Set.of("topic"), Set.of("first", "second"), block), Map.of("topic", "bees"));
            assertThat(result.output()).isEqualTo(Map.of("first", "a:\na\n\nb:\nb", "second", "b:\nb\n\nc:\nc"));
        }
    }

    @Test
    void teamsThatCannotRunAreRefused() {
        Member nameless = new Member("a", "", null, "", List.of("gone"), null);
        Node team = Node.builder("crew", new Team(Formation.HIERARCHICAL, List.of(nameless), 1))
                .state(List.of(), List.of("x", "y"))
                .build();
        assertThat(new Bench().obstacles(chain(Set.of(), Set.of(), team)))
                .anySatisfy(text -> assertThat(text).contains("at least 2").contains("hierarchical"))
                .anySatisfy(text -> assertThat(text).contains("names no model"))
                .anySatisfy(text -> assertThat(text).contains("(gone)"))
                .anySatisfy(text -> assertThat(text).contains("one result"));
    }
}
