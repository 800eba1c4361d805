package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static Workflow one(Policies policies) {
        return Bench.chain(
                Set.of(),
                Set.of("out"),
                Bench.function("flaky", List.of(), List.of("out"))
                        .policies(policies)
                        .build());
    }

    private static Policies retry(int attempts) {
        return Policies.NONE.withRetry(new Policies.Retry(attempts, Duration.ofMillis(1)));
    }

    @Test
    void aNodeIsTriedAgainUntilItSucceeds() {
        AtomicInteger attempts = new AtomicInteger();
        Bench bench = new Bench().node("flaky", context -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return Map.of("out", attempts.get());
        });

        ExecutionResult result = bench.run(one(retry(5)), Map.of());

        assertThat(result.output()).containsEntry("out", 3);
        assertThat(result.trace().occurrences()).hasSize(1);
        assertThat(Bench.occurrence(result, "flaky").status()).isEqualTo(Status.OK);
        assertThat(Bench.occurrence(result, "flaky").retriedErrors())
                .containsExactly("IllegalStateException", "IllegalStateException");
    }

    @Test
    void aNodeIsTriedAtMostAsOftenAsAllowed() {
        AtomicInteger attempts = new AtomicInteger();
        Bench bench = new Bench().node("flaky", context -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("never");
        });

        assertThat(bench.run(one(retry(4)), Map.of()).error()).contains("never");
        assertThat(attempts).hasValue(4);
    }

    @Test
    void theWaitBetweenAttemptsDoubles() {
        Policies policies = Policies.NONE.withRetry(new Policies.Retry(4, Duration.ofMillis(10)));
        Bench bench = new Bench().node("flaky", context -> {
            throw new IllegalStateException("never");
        });

        ExecutionResult result = bench.run(one(policies), Map.of());

        assertThat(Bench.occurrence(result, "flaky").duration()).isGreaterThanOrEqualTo(Duration.ofMillis(70));
    }

    @Test
    void aRunThatIsCancelledDoesNotWaitForTheNextAttempt() {
        AtomicInteger attempts = new AtomicInteger();
        Policies policies = Policies.NONE.withRetry(new Policies.Retry(4, Duration.ofHours(1)));
        Bench bench = new Bench().timeout(Duration.ofMillis(300)).node("flaky", context -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("never");
        });

        ExecutionResult result = bench.run(one(policies), Map.of());

        assertThat(result.trace().status()).isEqualTo(Status.CANCELLED);
        assertThat(result.error()).doesNotContain("still ran");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void aNodeOverItsTimeoutIsInterruptedAndFails() {
        Bench bench = new Bench().node("flaky", context -> {
            new CountDownLatch(1).await();
            return Map.of("out", 1);
        });

        ExecutionResult result = bench.run(one(Policies.NONE.withTimeout(Duration.ofMillis(50))), Map.of());

        assertThat(result.error()).contains("(flaky)").contains("PT0.05S");
        assertThat(Bench.occurrence(result, "flaky").errorType()).isEqualTo("TimeoutException");
    }

    @Test
    void aResultThatComesAfterTheTimeoutIsDropped() {
        Bench bench = new Bench().node("flaky", context -> {
            while (!context.cancelled()) {
                Thread.onSpinWait();
            }
            return Map.of("out", 1);
        });

        ExecutionResult result = bench.run(one(Policies.NONE.withTimeout(Duration.ofMillis(50))), Map.of());

        assertThat(Bench.occurrence(result, "flaky").status()).isEqualTo(Status.ERROR);
        assertThat(result.output()).isEmpty();
    }

    @Test
    void eachAttemptHasItsOwnTimeout() {
        AtomicInteger attempts = new AtomicInteger();
        Bench bench = new Bench().node("flaky", context -> {
            if (attempts.incrementAndGet() == 1) {
                new CountDownLatch(1).await();
            }
            return Map.of("out", attempts.get());
        });

        ExecutionResult result = bench.run(one(retry(2).withTimeout(Duration.ofSeconds(2))), Map.of());

        assertThat(result.output()).containsEntry("out", 2);
    }

    @Test
    void aCachedNodeRunsOnceForEqualReads() {
        AtomicInteger runs = new AtomicInteger();
        Bench bench = new Bench()
                .node("work", context -> Map.of("out", "run " + runs.incrementAndGet()))
                .node("again", context -> Map.of("label", context.iteration() < 3 ? "true" : "false"));
        Policies.Cache cache = new Policies.Cache(null, null, 10, Policies.Cache.Eviction.FIFO);
        Node work = Bench.function("work", List.of("in"), List.of("out"))
                .policies(Policies.NONE.withCache(cache))
                .build();
        Node again = Node.builder("again", new dev.fettle.api.workflow.NodeBody.Condition("again", null))
                .state(List.of(), List.of())
                .effects(dev.fettle.api.workflow.Effects.NONE)
                .build();
        Workflow workflow = new Workflow(
                "cached",
                "work",
                Set.of("in"),
                Set.of("out"),
                List.of(work, again),
                List.of(
                        Edge.of("work", "again"),
                        new Edge("again", "work", "true", 10),
                        Edge.when("again", Edge.END, "false")),
                List.of(),
                false);

        ExecutionResult result = bench.run(workflow, Map.of("in", 1));

        assertThat(runs).hasValue(1);
        assertThat(result.output()).containsEntry("out", "run 1");
        assertThat(result.trace().occurrences()).hasSize(8);
    }

    @Test
    void aBlockOverItsTimeoutCancelsItsMembers() {
        Bench bench = new Bench().node("flaky", context -> {
            new CountDownLatch(1).await();
            return Map.of("out", 1);
        });
        Node member = Bench.function("flaky", List.of(), List.of("out")).build();
        Node block = Node.builder(
                        "block",
                        new dev.fettle.api.workflow.NodeBody.Parallel(
                                List.of(member), dev.fettle.api.workflow.NodeBody.ErrorStrategy.FAIL_FAST, Map.of()))
                .policies(Policies.NONE.withTimeout(Duration.ofMillis(50)))
                .build();

        ExecutionResult result = bench.run(Bench.chain(Set.of(), Set.of("out"), block), Map.of());

        assertThat(result.error()).contains("(block)").contains("PT0.05S");
        assertThat(Bench.occurrence(result, "flaky").status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void aStateThatGrowsTooLargeStopsTheRunAndNamesItsLargestKey() {
        Workflow workflow = Bench.chain(
                Set.of("small"),
                Set.of("large"),
                Bench.function("grow", List.of("small"), List.of("large")).build());
        Bench bench = new Bench()
                .settings(Settings.with(settings -> settings.maxStateBytes = 1000))
                .node("grow", context -> Map.of("large", "x".repeat(990)));

        assertThat(bench.run(workflow, Map.of("small", "y".repeat(5))).error()).isNull();
        assertThat(bench.run(workflow, Map.of("small", "y".repeat(50))).error())
                .contains("after the node (grow)", "the key (large)", "maxStateBytes allows 1000");
    }
}
