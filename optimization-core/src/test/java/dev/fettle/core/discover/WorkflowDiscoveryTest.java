package dev.fettle.core.discover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowDiscoveryTest {
    /**
     * A random workflow: a sequence of stages, each one node or several in parallel; some stretch of it is a loop.
     *
     * @param loopFrom and {@code loopTo}: stages; the loop is taken again up to two times
     */
    private record Shape(List<List<String>> stages, int loopFrom, int loopTo) {
        static Shape random(SplittableRandom random) {
            List<List<String>> stages = new ArrayList<>();
            int count = 3 + random.nextInt(6);
            for (int s = 0; s < count; s++) {
                int width = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
                List<String> stage = new ArrayList<>();
                for (int i = 0; i < width; i++) {
                    stage.add("s" + s + "-" + (char) ('a' + i));
                }
                stages.add(stage);
            }
            int from = random.nextInt(count);
            return new Shape(stages, from, from + random.nextInt(count - from));
        }

        ExecutionTrace run(int number, SplittableRandom random) {
            List<NodeOccurrence> occurrences = new ArrayList<>();
            long clock = 0;
            int again = number == 0 ? 2 : random.nextInt(3);
            for (int s = 0; s < stages.size(); s++) {
                long end = clock;
                for (String node : stages.get(s)) {
                    long start = clock + random.nextLong(1000);
                    long length = 1_000_000 + random.nextLong(1_000_000);
                    occurrences.add(NodeOccurrence.builder("o" + occurrences.size(), node)
                            .start(Duration.ofNanos(start))
                            .duration(Duration.ofNanos(length))
                            .build());
                    end = Math.max(end, start + length);
                }
                clock = end + random.nextLong(1000);
                if (s == loopTo && again > 0) {
                    again--;
                    s = loopFrom - 1;
                }
            }
            occurrences.sort((a, b) -> a.start().compareTo(b.start()));
            return new ExecutionTrace(
                    "t" + number,
                    "shape",
                    Instant.ofEpochSecond(number),
                    Duration.ofNanos(clock),
                    Status.OK,
                    true,
                    null,
                    Map.of(),
                    occurrences);
        }
    }

    private static Set<String> leaves(Node node) {
        return node.members().isEmpty()
                ? Set.of(node.id())
                : node.members().stream().map(Node::id).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void sequences_parallel_stages_and_loops_are_found_again(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape shape = Shape.random(random);
        WorkflowDiscovery discovery = new WorkflowDiscovery();
        for (int i = 0; i < 30; i++) {
            discovery.add(shape.run(i, random));
        }
        Workflow workflow = discovery.workflow();

        assertThat(WorkflowCheck.problems(workflow)).isEmpty();
        assertThat(workflow.discovered()).isTrue();
        List<Set<String>> stages =
                workflow.nodes().stream().map(WorkflowDiscoveryTest::leaves).toList();
        assertThat(stages).isEqualTo(shape.stages().stream().map(TreeSet::new).toList());
        List<String> ids = workflow.nodes().stream().map(Node::id).toList();
        Set<Edge> expected = new LinkedHashSet<>();
        for (int s = 0; s < ids.size(); s++) {
            expected.add(Edge.of(ids.get(s), s + 1 < ids.size() ? ids.get(s + 1) : Edge.END));
        }
        // a single stage of several nodes that repeats is a loop inside the block, which edges do not show
        boolean visible = shape.loopFrom() < shape.loopTo()
                || shape.stages().get(shape.loopFrom()).size() == 1;
        if (visible) {
            expected.add(new Edge(ids.get(shape.loopTo()), ids.get(shape.loopFrom()), null, 2));
        }
        assertThat(new LinkedHashSet<>(workflow.edges())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35})
    void the_order_of_traces_and_of_merging_does_not_matter(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            traces.add(Shape.random(random).run(i, random));
        }
        WorkflowDiscovery whole = new WorkflowDiscovery();
        traces.forEach(whole::add);
        Collections.shuffle(traces, new Random(seed));
        WorkflowDiscovery left = new WorkflowDiscovery();
        WorkflowDiscovery right = new WorkflowDiscovery();
        traces.subList(0, 15).forEach(left::add);
        traces.subList(15, 40).forEach(right::add);

        assertThat(right.merge(left).workflow()).isEqualTo(whole.workflow());
        assertThat(WorkflowCheck.problems(whole.workflow())).isEmpty();
        assertThat(right.frequencies()).isEqualTo(whole.frequencies());
    }

    @ParameterizedTest
    @ValueSource(strings = {"end", "start", "(other)", "a/../b", "x,y;z", " "})
    void recorded_names_that_an_id_may_not_have_are_replaced(String name) {
        WorkflowDiscovery discovery = new WorkflowDiscovery();
        NodeOccurrence occurrence = NodeOccurrence.builder("1", name)
                .kind(NodeKind.AGENT)
                .duration(Duration.ofSeconds(1))
                .build();
        discovery.add(new ExecutionTrace(
                "t", "", Instant.EPOCH, Duration.ofSeconds(1), Status.OK, true, null, Map.of(), List.of(occurrence)));

        assertThat(WorkflowCheck.problems(discovery.workflow())).isEmpty();
        assertThat(discovery.workflow().nodes()).hasSize(1);
    }
}
