package dev.fettle.core.detect;

import static dev.fettle.core.detect.Fan.FAN;
import static dev.fettle.core.detect.Fan.fanRuns;
import static dev.fettle.core.detect.Fan.node;
import static dev.fettle.core.detect.Runs.at;
import static dev.fettle.core.detect.Runs.chain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetectorsTest {
    @Test
    void every_detector_is_registered_and_silent_on_an_empty_profile() {
        int count = 0;
        for (BottleneckDetector detector : ServiceLoader.load(BottleneckDetector.class)) {
            count++;
            assertThat(new Runs().detect(detector, FAN)).as(detector.name()).isEmpty();
        }
        assertThat(count).isEqualTo(15);
    }

    @Test
    void independent_nodes_one_after_another_could_save_the_shorter_one() {
        List<Bottleneck> found = fanRuns(10).detect(new HiddenSequentialWorkDetector(), FAN);

        assertThat(found).hasSize(1);
        assertThat(found.get(0).related()).containsExactly("lint", "count");
        assertThat(found.get(0).value()).isCloseTo(3, within(1e-6));
        assertThat(found.get(0).severity()).isEqualTo(Severity.HIGH);
        assertThat(found.get(0).evidence().low()).isLessThanOrEqualTo(3);
    }

    @Test
    void unknown_state_or_effects_hide_no_sequential_work() {
        Workflow unknownState = FAN.mapNode(
                "count", node -> node.toBuilder().state(StateAccess.UNKNOWN).build());
        Workflow external = FAN.mapNode(
                "count", node -> node.toBuilder().effects(Effects.EXTERNAL).build());

        assertThat(fanRuns(10).detect(new HiddenSequentialWorkDetector(), unknownState))
                .isEmpty();
        assertThat(fanRuns(10).detect(new HiddenSequentialWorkDetector(), external))
                .isEmpty();
    }

    @Test
    void slow_and_dominant_nodes_are_found_by_their_own_time() {
        Runs runs = new Runs();
        for (int i = 0; i < 10; i++) {
            runs.run(
                    at("all", 0, 13).build(),
                    at("all/a", 0, 1).parent("all@0.0").build(),
                    at("all/b", 1, 1 + 0.01 * i).parent("all@0.0").build(),
                    at("all/c", 3, 10).parent("all@0.0").build());
        }
        assertThat(runs.detect(new SlowNodeDetector(), FAN)).singleElement().satisfies(found -> {
            assertThat(found.node()).isEqualTo("all/c");
            assertThat(found.severity()).isEqualTo(Severity.HIGH);
        });
        assertThat(runs.detect(new DominantNodeDetector(), FAN))
                .extracting(Bottleneck::node)
                .containsExactly("all/c");
    }

    private static List<Bottleneck> unreliable(int failures, int runs) {
        Runs recorded = new Runs();
        for (int i = 0; i < runs; i++) {
            boolean failed = i < failures;
            recorded.run(at("n", 0, 1)
                    .status(failed ? Status.ERROR : Status.OK)
                    .errorType(failed ? "Timeout" : null)
                    .build());
        }
        return recorded.detect(new UnreliableNodeDetector(), FAN);
    }

    @Test
    void reliability_is_judged_by_its_interval() {
        assertThat(unreliable(1, 3)).isEmpty();
        assertThat(unreliable(4, 40)).isEmpty();
        assertThat(unreliable(3, 10)).extracting(Bottleneck::severity).containsExactly(Severity.MEDIUM);
        assertThat(unreliable(20, 50)).extracting(Bottleneck::severity).containsExactly(Severity.HIGH);
        assertThat(unreliable(45, 50)).extracting(Bottleneck::severity).containsExactly(Severity.CRITICAL);
    }

    @Test
    void thresholds_that_nothing_can_cross_are_refused() {
        assertThatThrownBy(() -> new DominantNodeDetector.Settings(1.2, 0.4, 0.7))
                .hasMessage("the setting share is (1.2); expected a share between 0 and 1");
        assertThatThrownBy(() -> new LoopWithoutProgressDetector.Settings(1))
                .hasMessage("the setting inARow is (1); expected at least 2");
    }

    @Test
    void a_node_that_fails_only_where_something_inside_fails_is_not_to_blame() {
        Runs runs = new Runs();
        for (int i = 0; i < 20; i++) {
            runs.run(
                    at("outer", 0, 2).status(Status.ERROR).build(),
                    at("outer/inner", 0, 1)
                            .parent("outer@0.0")
                            .status(Status.ERROR)
                            .build());
        }
        assertThat(runs.detect(new UnreliableNodeDetector(), FAN))
                .extracting(Bottleneck::node)
                .containsExactly("outer/inner");
    }

    @Test
    void outputs_that_only_unneeded_nodes_read_are_unused() {
        Workflow workflow = chain(
                Set.of("out"),
                List.of(),
                node("score", "score", List.of("in"), List.of("s")),
                node("rank", "rank", List.of("s"), List.of("r")),
                node("join", "join", List.of("in"), List.of("out")));
        Runs runs = new Runs();
        runs.run(
                at("score", 0, 1).build(),
                at("rank", 1, 1).build(),
                at("join", 2, 1).build());

        assertThat(runs.detect(new UnusedOutputDetector(), workflow))
                .extracting(Bottleneck::node)
                .containsExactlyInAnyOrder("score", "rank");
        assertThat(runs.detect(new UnusedOutputDetector(), workflow.mapNode("rank", node -> node.toBuilder()
                        .effects(Effects.IDEMPOTENT)
                        .build())))
                .isEmpty();
    }

    private static List<Bottleneck> redundant(String secondHash) {
        Workflow workflow = chain(
                Set.of("a", "b"),
                List.of(),
                node("one", "same", List.of("in"), List.of("a")),
                node("two", "same", List.of("in"), List.of("b")));
        Runs runs = new Runs();
        for (int i = 0; i < 5; i++) {
            runs.run(
                    at("one", 0, 1).writeHashes(Map.of("a", "h")).build(),
                    at("two", 1, 1)
                            .writeHashes(Map.of("b", i == 4 ? secondHash : "h"))
                            .build());
        }
        return runs.detect(new RedundantNodeDetector(), workflow);
    }

    @Test
    void equal_nodes_are_redundant_unless_a_recorded_result_differs() {
        assertThat(redundant("h")).singleElement().satisfies(found -> {
            assertThat(found.node()).isEqualTo("two");
            assertThat(found.related()).containsExactly("one");
        });
        assertThat(redundant("other")).isEmpty();
    }

    @Test
    void siblings_that_wait_for_the_slowest_are_slack() {
        Runs runs = new Runs();
        for (int i = 0; i < 5; i++) {
            runs.run(
                    at("slow", 0, 10).build(),
                    at("fast", 0, 2 + 0.1 * i).build(),
                    at("next", 10, 1).build());
        }
        assertThat(runs.detect(new BarrierSlackDetector(), FAN)).singleElement().satisfies(found -> {
            assertThat(found.node()).isEqualTo("slow");
            assertThat(found.related()).containsExactly("fast");
            assertThat(found.value()).isCloseTo(0.78, within(0.01));
        });
        assertThat(fanRuns(5).detect(new BarrierSlackDetector(), FAN)).isEmpty();
    }

    @Test
    void a_node_that_does_the_same_again_repeats_work() {
        Runs runs = new Runs();
        for (int i = 0; i < 5; i++) {
            runs.run(
                    at("load", 0, 1)
                            .readHashes(Map.of("in", "x"))
                            .writeHashes(Map.of("files", "y"))
                            .build(),
                    at("load", 1, 1)
                            .readHashes(Map.of("in", "x"))
                            .writeHashes(Map.of("files", "y"))
                            .build());
        }
        assertThat(runs.detect(new RepeatedWorkDetector(), FAN)).singleElement().satisfies(found -> {
            assertThat(found.node()).isEqualTo("load");
            assertThat(found.value()).isEqualTo(0.5);
        });
    }

    @Test
    void rising_errors_are_found_and_constant_ones_are_not() {
        Runs rising = new Runs();
        Runs constant = new Runs();
        for (int i = 0; i < 60; i++) {
            rising.run(at("n", 0, 1)
                    .status(i % 60 >= 45 ? Status.ERROR : Status.OK)
                    .build());
            constant.run(
                    at("n", 0, 1).status(i % 4 == 0 ? Status.ERROR : Status.OK).build());
        }
        assertThat(rising.detect(new RisingErrorsDetector(), FAN))
                .extracting(Bottleneck::node)
                .containsExactly("n");
        assertThat(constant.detect(new RisingErrorsDetector(), FAN)).isEmpty();
    }

    @Test
    void one_run_has_no_interval() {
        Runs runs = new Runs();
        runs.run(
                at("load", 0, 1).build(),
                at("lint", 1, 1).build(),
                at("count", 2, 10).build());
        assertThat(runs.detect(new SlowNodeDetector(), FAN)).singleElement().satisfies(found -> {
            assertThat(found.evidence().text()).contains("(one run, no interval)");
            assertThat(found.evidence().low()).isNaN();
        });
    }
}
