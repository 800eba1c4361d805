package dev.fettle.strategies.team.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.strategies.team.Crew;
import dev.fettle.strategies.team.Crew.Run;
import dev.fettle.strategies.team.OnePrice;
import dev.fettle.testkit.trace.Profiles;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TeamDetectorsTest {
    private static List<Bottleneck> found(Workflow workflow, List<ExecutionTrace> traces) {
        PerformanceProfile profile = Profiles.of(traces);
        return ServiceLoader.load(BottleneckDetector.class).stream()
                .map(ServiceLoader.Provider::get)
                .flatMap(
                        detector -> detector
                                .detect(new DetectionContext(
                                        workflow, profile, OnePrice.UNKNOWN, detector.defaultSettings()))
                                .stream())
                .toList();
    }

    private static List<String> types(List<Bottleneck> found) {
        return found.stream().map(Bottleneck::type).distinct().toList();
    }

    private static Workflow pair(Formation formation) {
        return Crew.workflow(formation, Crew.members("a", "b"));
    }

    @Test
    void aTeamThatTakesLongerThanItUsedToIsSlow() {
        List<Bottleneck> found = found(
                pair(Formation.PIPELINE),
                Crew.runs(20, i -> Run.run().turn("a", i < 10 ? 10 : 19).turn("b", 10 + 0.01 * i)));
        assertThat(types(found)).containsExactly(TeamBottlenecks.SLOW);
        assertThat(found.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.get(0).threshold()).isGreaterThan(23).isLessThan(25);
    }

    @Test
    void aTeamWithoutAHistoryIsNotSlowHoweverLongItTakes() {
        assertThat(found(
                        pair(Formation.PIPELINE),
                        Crew.runs(8, i -> Run.run().turn("a", 3_000).turn("b", 3_000))))
                .isEmpty();
    }

    @Test
    void noiseIsNoTrend() {
        int alarms = 0;
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Bottleneck> found = found(pair(Formation.PIPELINE), Crew.runs(20, i -> Run.run()
                    .turn("a", 10 * Math.exp(0.3 * random.nextGaussian()))
                    .turn("b", 10 * Math.exp(0.3 * random.nextGaussian()))));
            alarms += types(found).contains(TeamBottlenecks.SLOW) ? 1 : 0;
        }
        assertThat(alarms).isLessThan(20);
    }

    @Test
    void aTeamThatSucceedsLessOftenIsUnreliable() {
        List<Bottleneck> found = found(
                pair(Formation.PIPELINE),
                Crew.runs(
                        40,
                        i -> i >= 20 && i % 2 == 0
                                ? Run.run().turn("a", 5).turn("b", 5).fails()
                                : Run.run().turn("a", 5).turn("b", 5)));
        assertThat(types(found)).containsExactly(TeamBottlenecks.UNRELIABLE);
    }

    @Test
    void outliersAreMeasuredAgainstTheUsualRun() {
        List<Bottleneck> found = found(
                pair(Formation.PIPELINE),
                Crew.runs(
                        20,
                        i -> i % 10 == 9
                                ? Run.run().turn("a", 80).turn("b", 5)
                                : Run.run().turn("a", 5).turn("b", 5)));
        assertThat(types(found)).contains(TeamBottlenecks.OUTLIERS);
    }

    @Test
    void twoMembersThatHandWorkToEachOtherWithoutAnythingNewAreALoop() {
        Run loop = Run.run();
        Run work = Run.run();
        for (int i = 0; i < 4; i++) {
            loop.turn("a", 2, "please", 100, 50).turn("b", 2, "no, you", 100, 50);
            work.turn("a", 2, "draft " + i, 100, 50).turn("b", 2, "mend " + i, 100, 50);
        }
        Workflow reflection = pair(Formation.REFLECTION);
        List<Bottleneck> found = found(reflection, Crew.runs(6, i -> i < 3 ? loop : work));
        assertThat(found)
                .filteredOn(bottleneck -> bottleneck.type().equals(TeamBottlenecks.HANDOFF_LOOP))
                .singleElement()
                .satisfies(bottleneck -> {
                    assertThat(bottleneck.related()).containsExactly("a", "b");
                    assertThat(bottleneck.evidence().text()).contains("4 times").contains("3 of 6 runs");
                });
        assertThat(types(found(reflection, Crew.runs(6, i -> work)))).doesNotContain(TeamBottlenecks.HANDOFF_LOOP);
    }

    @Test
    void aLeadThatTakesMostOfTheTokensIsOverhead() {
        Workflow led = Crew.workflow(Formation.HIERARCHICAL, Crew.members("lead", "x", "y"));
        List<Bottleneck> found = found(led, Crew.runs(5, i -> Run.run()
                .turn("lead", 1, "plan", 4_000, 500)
                .atOnce(4, "done", "x", "y")
                .turn("lead", 1, "result", 4_000, 500)));
        assertThat(found)
                .filteredOn(bottleneck -> bottleneck.type().equals(TeamBottlenecks.ORCHESTRATOR))
                .singleElement()
                .satisfies(bottleneck -> {
                    assertThat(bottleneck.related()).containsExactly("lead");
                    assertThat(bottleneck.evidence().text())
                            .contains("97 % of the tokens")
                            .contains("20 % of the time");
                });
        assertThat(types(found(led, Crew.runs(5, i -> Run.run()
                        .turn("lead", 1)
                        .atOnce(4, "done" + i, "x", "y")
                        .turn("lead", 1, "result", 10, 10)))))
                .doesNotContain(TeamBottlenecks.ORCHESTRATOR);
    }

    @Test
    void aMemberThatTakesNoTurnIsIdle() {
        List<Bottleneck> found = found(
                Crew.workflow(Formation.PARALLEL, Crew.members("a", "b", "mute")),
                Crew.runs(5, i -> Run.run().atOnce(3, "x" + i, "a").atOnce(3, "y" + i, "b")));
        assertThat(found)
                .filteredOn(bottleneck -> bottleneck.type().equals(TeamBottlenecks.IDLE_MEMBER))
                .singleElement()
                .satisfies(bottleneck -> assertThat(bottleneck.related()).containsExactly("mute"));
    }

    @Test
    void membersThatAllSayTheSameAreMoreThanTheWork() {
        String[] ids = IntStream.range(0, 5).mapToObj(i -> "m" + i).toArray(String[]::new);
        List<Bottleneck> same = found(Crew.workflow(Formation.CONSENSUS, Crew.members(ids)), Crew.runs(8, i -> Run.run()
                .atOnce(3, "x", ids)));
        assertThat(types(same)).contains(TeamBottlenecks.MORE_MEMBERS_THAN_WORK, TeamBottlenecks.REDUNDANT_MEMBER);
        List<Bottleneck> different = found(Crew.workflow(Formation.PARALLEL, Crew.members(ids)), Crew.runs(8, i -> {
            Run run = Run.run();
            for (String id : ids) {
                run.atOnce(0.1, id + i, id);
            }
            return run;
        }));
        assertThat(types(different)).doesNotContain(TeamBottlenecks.MORE_MEMBERS_THAN_WORK);
    }
}
