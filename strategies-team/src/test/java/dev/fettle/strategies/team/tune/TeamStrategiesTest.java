package dev.fettle.strategies.team.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.strategies.team.Crew;
import dev.fettle.strategies.team.Crew.Run;
import dev.fettle.strategies.team.OnePrice;
import dev.fettle.strategies.team.change.SetMemberToolBudget;
import dev.fettle.testkit.strategy.StrategyTester;
import dev.fettle.testkit.trace.Profiles;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each strategy once firing and once silent, on what the module's own detectors find. */
final class TeamStrategiesTest {
    private static final List<String> SEVEN = List.of("a", "b", "c", "d", "e", "f", "g");

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

    private static StrategyTester tester(
            OptimizationStrategy strategy, Workflow workflow, List<ExecutionTrace> traces) {
        PerformanceProfile profile = Profiles.of(traces);
        StrategyTester tester = StrategyTester.of(strategy).on(workflow).with(profile);
        for (Bottleneck bottleneck : bottlenecks(workflow, profile)) {
            tester = tester.bottleneck(bottleneck);
        }
        return tester;
    }

    private static Workflow crew(Formation formation, String... ids) {
        return Crew.workflow(formation, Crew.members(ids));
    }

    // team sizing

    @Test
    void aLargeCrewThatAlwaysAgreesBecomesSmaller() {
        Suggestion suggestion = tester(
                        new TeamSizing(),
                        crew(Formation.CONSENSUS, SEVEN.toArray(String[]::new)),
                        Crew.runs(12, i -> Run.run().atOnce(4, "answer-" + i, SEVEN.toArray(String[]::new))))
                .suggests("team-size:crew", crew(Formation.CONSENSUS, "a", "b", "c", "d"));
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
        assertThat(suggestion.evidence().get(0).text()).contains("12 of 12 runs");
        assertThat(suggestion.confidence()).isCloseTo(0.757, within(0.01));
    }

    @Test
    void aCrewWhoseMembersDisagreeKeepsThem() {
        List<ExecutionTrace> disagreeing = Crew.runs(12, i -> {
            Run run = Run.run();
            SEVEN.forEach(id -> run.atOnce(1, id + i, id));
            return run;
        });
        tester(new TeamSizing(), crew(Formation.CONSENSUS, SEVEN.toArray(String[]::new)), disagreeing)
                .doesNotFire();
    }

    @Test
    void aCrewThatOnceDisagreedIsNotTakenForOneThatAlwaysAgrees() {
        List<ExecutionTrace> nearly = Crew.runs(
                12,
                i -> i == 7
                        ? Run.run().atOnce(4, "x", "a", "b", "c", "d", "e", "f").atOnce(4, "y", "g")
                        : Run.run().atOnce(4, "x", SEVEN.toArray(String[]::new)));
        tester(new TeamSizing(), crew(Formation.CONSENSUS, SEVEN.toArray(String[]::new)), nearly)
                .suggestions()
                .forEach(suggestion -> assertThat(suggestion.risk()).isNotEqualTo(RiskLevel.LOW));
    }

    // formation selection

    @Test
    void independentMembersInASequenceMayWorkAtOnce() {
        Suggestion suggestion = tester(
                        new FormationSelection(),
                        crew(Formation.SEQUENTIAL, "a", "b", "c"),
                        Crew.runs(10, i -> Run.run().turn("a", 5).turn("b", 5).turn("c", 5)))
                .suggests("team-formation:crew/parallel", crew(Formation.PARALLEL, "a", "b", "c"));
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(suggestion.recommendation()).isEqualTo(Recommendation.AB_TEST);
    }

    @Test
    void membersThatSpeakOfEachOtherStayInOrder() {
        List<Member> members = List.of(
                Crew.member("author"),
                new Member("critic", "", "m", "Criticize what the author wrote.", List.of(), null),
                new Member("editor", "", "m", "Mend what the critic found.", List.of(), null));
        tester(new FormationSelection(), Crew.workflow(Formation.PIPELINE, members), Crew.runs(10, i -> Run.run()
                        .turn("author", 5)
                        .turn("critic", 5)
                        .turn("editor", 5)))
                .doesNotFire("no other formation than pipeline fits");
    }

    @Test
    void aConsensusOfManyRoundsMayBecomeOneOfOne() {
        tester(new FormationSelection(), crew(Formation.CONSENSUS, "a", "b", "c"), Crew.runs(10, i -> Run.run()
                        .atOnce(4, "x", "a", "b", "c")
                        .atOnce(4, "y", "a", "b", "c")
                        .atOnce(4, "z", "a", "b", "c")))
                .suggests("team-formation:crew/parallel", crew(Formation.PARALLEL, "a", "b", "c"));
    }

    @Test
    void stagedWorkIsToldLessInAPipelineAndCostsLess() {
        List<Member> staged = List.of(
                Crew.member("draft"),
                new Member("check", "", "m", "Check the draft.", List.of(), null),
                new Member("polish", "", "m", "Polish what check left.", List.of(), null));
        Suggestion suggestion = tester(
                        new FormationSelection(),
                        Crew.workflow(Formation.SEQUENTIAL, staged),
                        Crew.runs(10, i -> Run.run()
                                .turn("draft", 5, "d", 1_000, 4_000)
                                .turn("check", 5, "c", 5_000, 4_000)
                                .turn("polish", 5, "p", 9_000, 1_000)))
                .models(new OnePrice(1e-6))
                .suggests("team-formation:crew/pipeline", Crew.workflow(Formation.PIPELINE, staged));
        // 4,000 of 15,000 input and 9,000 output tokens at one price
        assertThat(suggestion.outcomes().get(0).usd().value()).isCloseTo(1 - 4_000 / 24_000.0, within(1e-9));
    }

    // tool budget

    @Test
    void aMemberThatAsksTheSameAgainGetsABudget() {
        Suggestion suggestion = tester(
                        new TeamToolBudget(), crew(Formation.SEQUENTIAL, "a", "b"), Crew.runs(10, i -> Run.run()
                                .lookups("a", 5, "x", "y", "x", "y", "x", "y", "x", "y", "x", "y")
                                .turn("b", 1)))
                .suggests(
                        "team-tool-budget:crew",
                        Crew.workflow(Formation.SEQUENTIAL, List.of(Crew.member("a", 7), Crew.member("b"))));
        assertThat(suggestion.evidence().get(0).text()).contains("10 calls").contains("needs 2");
    }

    @Test
    void aMemberWhoseCallsAllDifferKeepsThem() {
        tester(new TeamToolBudget(), crew(Formation.SEQUENTIAL, "a", "b"), Crew.runs(10, i -> Run.run()
                        .lookups("a", 5, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
                        .turn("b", 1)))
                .doesNotFire();
    }

    @Test
    void aBudgetIsNeverRaised() {
        StrategyTester tester = tester(
                new TeamToolBudget(),
                Crew.workflow(Formation.SEQUENTIAL, List.of(Crew.member("a", 6), Crew.member("b"))),
                Crew.runs(10, i -> Run.run()
                        .lookups("a", 5, "x", "y", "x", "y", "x", "y", "x", "y", "x", "y")
                        .turn("b", 1)));
        tester.doesNotFire("has a budget that is no larger");
    }

    // timeout

    private static List<ExecutionTrace> hanging() {
        return Crew.runs(
                24,
                i -> i % 6 == 5
                        ? Run.run().turn("a", 200).fails()
                        : Run.run().turn("a", 5 + 0.01 * i).turn("b", 5));
    }

    @Test
    void runsThatHangAndFailAreCutBeyondTheP95() {
        Suggestion suggestion = tester(new TeamTimeout(), crew(Formation.SEQUENTIAL, "a", "b"), hanging())
                .suggestion("team-timeout:crew");
        Duration timeout = Objects.requireNonNull(
                ((AddPolicies) suggestion.changes().get(0)).policies().timeout());
        assertThat(timeout.toMillis() / 1e3).isCloseTo(1.2 * 10.21, within(0.02));
        assertThat(suggestion.evidence().get(0).text()).startsWith("4 of 24 runs");
    }

    @Test
    void aSlowRunThatSucceedsIsNotCut() {
        tester(
                        new TeamTimeout(),
                        crew(Formation.SEQUENTIAL, "a", "b"),
                        Crew.runs(
                                24,
                                i -> i % 6 == 5
                                        ? Run.run().turn("a", 200)
                                        : Run.run().turn("a", 5).turn("b", 5)))
                .doesNotFire("no failed run took longer");
    }

    // member selection

    @Test
    void aMemberThatNeverDoesAnythingIsTakenOut() {
        Suggestion suggestion = tester(
                        new MemberSelection(),
                        crew(Formation.PARALLEL, "a", "b", "mute"),
                        Crew.runs(12, i -> Run.run().turn("a", 2).turn("b", 2)))
                .suggests("team-members:crew/mute", crew(Formation.PARALLEL, "a", "b"));
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.LOW);
    }

    @Test
    void aMemberThatMostlyFailsIsTakenOut() {
        Suggestion suggestion = tester(
                        new MemberSelection(),
                        crew(Formation.PARALLEL, "a", "b", "broken"),
                        Crew.runs(
                                20,
                                i -> i == 3
                                        ? Run.run().turn("a", 2).turn("b", 2).turn("broken", 1)
                                        : Run.run().turn("a", 2).turn("b", 2).failing("broken", 1)))
                .suggests("team-members:crew/broken", crew(Formation.PARALLEL, "a", "b"));
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.MEDIUM);
    }

    @Test
    void aDearMemberThatSucceedsLessOftenGetsASmallerBudget() {
        Workflow workflow = Crew.workflow(Formation.PARALLEL, List.of(Crew.member("a", 20), Crew.member("b", 20)));
        Suggestion suggestion = tester(
                        new MemberSelection(),
                        workflow,
                        Crew.runs(
                                20,
                                i -> i % 5 < 2
                                        ? Run.run().turn("a", 1).failing("b", 1)
                                        : Run.run().turn("a", 1).turn("b", 5, "said", 900, 500)))
                .bottleneck("team-tool-usage", "crew")
                .suggestion("team-members:crew/b");
        assertThat(suggestion.changes()).containsExactly(new SetMemberToolBudget("crew", "b", 16));
    }

    @Test
    void aBudgetThatIsNotSmallerIsRefusedWhoeverAsksForIt() {
        Workflow workflow = Crew.workflow(Formation.PARALLEL, List.of(Crew.member("a", 20), Crew.member("b", 20)));

        assertThat(List.of(new SetMemberToolBudget("crew", "b", 20), new SetMemberToolBudget("crew", "b", 21)))
                .allSatisfy(change -> assertThat(change.apply(workflow))
                        .hasToString("Refused[reason=(b) has a tool budget of 20 already; expected a smaller one, not ("
                                + change.toolBudget() + ")]"));
        assertThat(new SetMemberToolBudget("crew", "b", 19).apply(workflow)).isInstanceOf(ChangeResult.Applied.class);
    }

    @Test
    void membersThatDoTheirPartStay() {
        tester(new MemberSelection(), crew(Formation.PARALLEL, "a", "b"), Crew.runs(12, i -> Run.run()
                        .turn("a", 2)
                        .turn("b", 2)))
                .doesNotFire();
    }

    // sub-teams

    @Test
    void aLongSequenceIsSplitWhereItsHalvesTakeAsLong() {
        Suggestion suggestion = tester(
                        new SubTeams(),
                        crew(Formation.SEQUENTIAL, "a", "b", "c", "d", "e"),
                        Crew.runs(10, i -> Run.run()
                                .turn("a", 1)
                                .turn("b", 4)
                                .turn("c", 4)
                                .turn("d", 4)
                                .turn("e", 4)))
                .suggestion();
        assertThat(suggestion.risk()).isEqualTo(RiskLevel.HIGH);
        Workflow split = tester(new SubTeams(), crew(Formation.SEQUENTIAL, "a", "b", "c", "d", "e"), List.of())
                .apply(suggestion.changes());
        Team team = (Team) split.node("crew").map(Node::body).orElseThrow();
        assertThat(team.formation()).isEqualTo(Formation.HIERARCHICAL);
        assertThat(team.waves().stream()
                        .map(wave -> wave.stream().map(Member::id).toList()))
                .containsExactly(List.of("b", "d"), List.of("c", "e"));
        assertThat(suggestion.reason()).contains("17 s").contains("10 s");
    }

    @Test
    void aShortSequenceIsNotSplit() {
        tester(
                        new SubTeams(),
                        crew(Formation.SEQUENTIAL, "a", "b", "c"),
                        Crew.runs(10, i -> Run.run().turn("a", 4).turn("b", 4).turn("c", 4)))
                .doesNotFire("has fewer than 5 members");
    }

    @Test
    void eachStrategyIsFoundByTheServiceLoaderAndIsSilentWithoutRuns() {
        List<OptimizationStrategy> strategies = ServiceLoader.load(OptimizationStrategy.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        assertThat(strategies)
                .extracting(OptimizationStrategy::name)
                .containsExactlyInAnyOrder(
                        "team-size",
                        "team-formation",
                        "team-tool-budget",
                        "team-timeout",
                        "team-members",
                        "team-parallel");
        for (OptimizationStrategy strategy : strategies) {
            StrategyTester tester = StrategyTester.of(strategy)
                    .on(crew(Formation.SEQUENTIAL, SEVEN.toArray(String[]::new)))
                    .with(List.of());
            for (String type : Stream.of("slow", "formation", "oversized", "tool-usage", "idle-member")
                    .map(name -> "team-" + name)
                    .toList()) {
                tester = tester.bottleneck(type, "crew");
            }
            tester.doesNotFire();
        }
    }

    @Test
    void aTimeoutThatIsAsShortAlreadyStays() {
        Policies tight = Policies.NONE.withTimeout(Duration.ofSeconds(11));
        tester(new TeamTimeout(), Crew.workflow(Formation.SEQUENTIAL, Crew.members("a", "b"), tight), hanging())
                .doesNotFire("has a timeout that is no longer");
    }
}
