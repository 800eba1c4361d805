package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.Parallelize;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.NodeBody.Reducer;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataflowBlockTest {
    private static Node block(String id, ErrorStrategy onError, Map<String, Reducer> reducers, Node... members) {
        return Node.builder(id, new NodeBody.Parallel(List.of(members), onError, reducers))
                .effects(Effects.NONE)
                .build();
    }

    private static Node block(Node... members) {
        return block("block", ErrorStrategy.FAIL_FAST, Map.of(), members);
    }

    private static Bench wide(int concurrency) {
        return new Bench().settings(Settings.with(settings -> settings.maxConcurrency = concurrency));
    }

    @Test
    void independentMembersRunAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        Bench bench = wide(2).node("a", context -> Map.of("x", both.await(30, TimeUnit.SECONDS) >= 0))
                .node("b", context -> Map.of("y", both.await(30, TimeUnit.SECONDS) >= 0));
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of("x", "y"),
                block(
                        Bench.function("a", List.of(), List.of("x")).build(),
                        Bench.function("b", List.of(), List.of("y")).build()));

        ExecutionResult result = bench.run(workflow, Map.of());

        assertThat(result.error()).isNull();
        assertThat(result.output()).containsEntry("x", true).containsEntry("y", true);
        NodeOccurrence block = Bench.occurrence(result, "block");
        assertThat(Bench.occurrence(result, "a").parent()).isEqualTo(block.id());
        assertThat(result.trace().occurrences().get(0)).isEqualTo(block);
    }

    @Test
    void aMemberStartsWhenWhatItReadsIsThereAndDoesNotWaitForOthers() {
        CountDownLatch lastDone = new CountDownLatch(1);
        Bench bench = wide(2).node("slow", context -> {
                    assertThat(lastDone.await(30, TimeUnit.SECONDS)).isTrue();
                    return Map.of("s", 1);
                })
                .node("first", context -> Map.of("f", 1))
                .node("second", context -> {
                    lastDone.countDown();
                    return Map.of("t", context.state().get("f"));
                });
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of("s", "t"),
                block(
                        Bench.function("slow", List.of(), List.of("s")).build(),
                        Bench.function("first", List.of(), List.of("f")).build(),
                        Bench.function("second", List.of("f"), List.of("t")).build()));

        assertThat(bench.run(workflow, Map.of()).output()).containsEntry("s", 1).containsEntry("t", 1);
    }

    @Test
    void aMemberReadsTheStateAtTheStartOfTheBlockForKeysThatLaterMembersWrite() {
        Bench bench = wide(1).node(
                        "reader", context -> Map.of("seen", context.state().get("k")))
                .node("writer", context -> Map.of("k", "changed"));
        Workflow workflow = Bench.chain(
                Set.of("k"),
                Set.of("seen", "k"),
                block(
                        Bench.function("reader", List.of("k"), List.of("seen")).build(),
                        Bench.function("writer", List.of(), List.of("k")).build()));

        assertThat(bench.run(workflow, Map.of("k", "original")).output())
                .containsEntry("seen", "original")
                .containsEntry("k", "changed");
    }

    @Test
    void reducersApplyInTheOrderInWhichMembersAreListed() {
        CountDownLatch laterDone = new CountDownLatch(1);
        Bench bench = wide(2).node("a", context -> {
                    assertThat(laterDone.await(30, TimeUnit.SECONDS)).isTrue();
                    return Map.of("list", List.of(1), "sum", 1, "map", Map.of("k", 1), "last", 1);
                })
                .node("b", context -> {
                    laterDone.countDown();
                    return Map.of("list", List.of(2), "sum", 2.5, "map", Map.of("k", 2, "l", 3), "last", 2);
                });
        List<String> keys = List.of("list", "sum", "map", "last");
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.copyOf(keys),
                block(
                        "block",
                        ErrorStrategy.FAIL_FAST,
                        Map.of("list", Reducer.APPEND, "sum", Reducer.SUM, "map", Reducer.MERGE, "last", Reducer.LAST),
                        Bench.function("a", List.of(), keys).build(),
                        Bench.function("b", List.of(), keys).build()));

        assertThat(bench.run(workflow, Map.of()).output())
                .isEqualTo(Map.of("list", List.of(1, 2), "sum", 3.5, "map", Map.of("k", 2, "l", 3), "last", 2));
    }

    @Test
    void failFastCancelsTheOthersAndReportsTheFirstFailureOnly() {
        CountDownLatch started = new CountDownLatch(1);
        Bench bench = wide(2).node("waiting", context -> {
                    started.countDown();
                    new CountDownLatch(1).await();
                    return Map.of("w", 1);
                })
                .node("failing", context -> {
                    started.await();
                    throw new IllegalArgumentException("broken");
                });
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of("w"),
                block(
                        Bench.function("waiting", List.of(), List.of("w")).build(),
                        Bench.function("failing", List.of(), List.of()).build()));

        ExecutionResult result = bench.run(workflow, Map.of());

        assertThat(result.error()).contains("(failing)").contains("broken").doesNotContain("(waiting)");
        assertThat(Bench.occurrence(result, "waiting").status()).isEqualTo(Status.CANCELLED);
        assertThat(Bench.occurrence(result, "failing").status()).isEqualTo(Status.ERROR);
        assertThat(Bench.occurrence(result, "block").status()).isEqualTo(Status.ERROR);
    }

    @Test
    void collectLetsTheOthersFinishAndReportsAllFailures() {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        Bench bench = wide(1).node("one", context -> {
                    throw new IllegalArgumentException("first");
                })
                .node("two", context -> {
                    ran.add("two");
                    return Map.of("t", 1);
                })
                .node("three", context -> {
                    throw new IllegalArgumentException("third");
                })
                .node("reader", context -> {
                    ran.add("reader");
                    return Map.of("r", 1);
                });
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of("t"),
                block(
                        "block",
                        ErrorStrategy.COLLECT,
                        Map.of(),
                        Bench.function("one", List.of(), List.of("o")).build(),
                        Bench.function("two", List.of(), List.of("t")).build(),
                        Bench.function("three", List.of(), List.of()).build(),
                        Bench.function("reader", List.of("o"), List.of("r")).build()));

        ExecutionResult result = bench.run(workflow, Map.of());

        assertThat(result.error()).contains("first").contains("third").contains("2 members");
        assertThat(ran).containsExactly("two");
    }

    @Test
    void nestedBlocksDoNotStarveWithOneWorker() {
        Bench bench = wide(1);
        List<Node> outer = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<Node> inner = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                String id = "n" + i + j;
                bench.node(id, context -> Map.of(id, 1));
                inner.add(Bench.function(id, List.of(), List.of(id)).build());
            }
            outer.add(block("inner" + i, ErrorStrategy.FAIL_FAST, Map.of(), inner.toArray(new Node[0])));
        }
        Workflow workflow = Bench.chain(Set.of(), Set.of("n00", "n33"), block(outer.toArray(new Node[0])));

        ExecutionResult result = bench.run(workflow, Map.of());

        assertThat(result.error()).isNull();
        assertThat(result.state()).hasSize(16);
    }

    @Test
    void aParallelizedChainGivesTheSameFinalStateAsTheSequentialOne() {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            int length = 2 + random.nextInt(7);
            Bench bench = wide(1 + random.nextInt(4));
            Node[] nodes = new Node[length];
            for (int i = 0; i < length; i++) {
                String id = "n" + i;
                List<String> reads = new ArrayList<>(List.of("in"));
                IntStream.range(0, i).filter(k -> random.nextInt(3) == 0).forEach(k -> reads.add("k" + k));
                bench.node(
                        id,
                        context -> Map.of(
                                "k" + id.substring(1),
                                context.state().toString().hashCode() + id));
                nodes[i] = Bench.function(id, reads, List.of("k" + i)).build();
            }
            Workflow sequential = Bench.chain(Set.of("in"), Set.of(), nodes);
            List<String> ids = IntStream.range(0, length).mapToObj(i -> "n" + i).toList();
            ChangeResult change = new Parallelize("block", ids, ErrorStrategy.FAIL_FAST).apply(sequential);
            assertThat(change).isInstanceOf(ChangeResult.Applied.class);
            Workflow parallel = ((ChangeResult.Applied) change).workflow();

            Map<String, Object> expected =
                    bench.run(sequential, Map.of("in", seed)).state();
            ExecutionResult result = bench.run(parallel, Map.of("in", seed));

            assertThat(result.error()).as("seed " + seed).isNull();
            assertThat(result.state()).as("seed " + seed).isEqualTo(expected);
        }
    }
}
