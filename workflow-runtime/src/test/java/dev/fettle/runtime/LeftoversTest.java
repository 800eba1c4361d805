package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is left after a run: nothing. */
class LeftoversTest {
    private static Node command(String id, String script) {
        return Node.builder(id, new NodeBody.Command(List.of("sh", "-c", script), List.of("PATH"), 1000))
                .state(List.of(), List.of(id))
                .effects(Effects.NONE)
                .build();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fettle-"))
                .toList();
    }

    private static Workflow block(ErrorStrategy onError, Node... members) {
        return Bench.chain(
                Set.of(),
                Set.of(),
                Node.builder("block", new NodeBody.Parallel(List.of(members), onError, Map.of()))
                        .build());
    }

    @Test
    void noThreadOrProcessIsLeftAfterFailingAndTimedOutRuns() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            boolean fails = random.nextBoolean();
            Bench bench = new Bench()
                    .settings(Settings.with(settings -> settings.maxConcurrency = 1 + random.nextInt(4)))
                    .timeout(Duration.ofMillis(1 + random.nextInt(80)))
                    .node("wait", context -> {
                        new CountDownLatch(1).await();
                        return Map.of();
                    })
                    .node("spin", context -> {
                        while (!context.cancelled()) {
                            Thread.onSpinWait();
                        }
                        return Map.of();
                    })
                    .node("fail", context -> {
                        if (fails) {
                            throw new IllegalStateException("planted");
                        }
                        return Map.of();
                    });
            Workflow workflow = block(
                    random.nextBoolean() ? ErrorStrategy.FAIL_FAST : ErrorStrategy.COLLECT,
                    Bench.function("wait", List.of(), List.of()).build(),
                    command("sleep", "sleep 300 & sleep 300"),
                    Bench.function("fail", List.of(), List.of()).build(),
                    Bench.function("spin", List.of(), List.of()).build());

            ExecutionResult result = bench.run(workflow, Map.of());

            assertThat(result.trace().status()).as("seed " + seed).isIn(Status.CANCELLED, Status.ERROR);
            assertThat(threads()).as("seed " + seed).isEmpty();
            assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    @Test
    void aRunOverItsTimeoutIsCancelledAndKeepsWhatItRecorded() {
        Bench bench = new Bench()
                .timeout(Duration.ofMillis(300))
                .node("quick", context -> Map.of("q", 1))
                .node("stuck", context -> {
                    new CountDownLatch(1).await();
                    return Map.of();
                });
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of("q"),
                Bench.function("quick", List.of(), List.of("q")).build(),
                Bench.function("stuck", List.of(), List.of()).build());

        ExecutionResult result = bench.run(workflow, Map.of());

        assertThat(result.trace().status()).isEqualTo(Status.CANCELLED);
        assertThat(result.error()).contains("PT0.3S");
        assertThat(result.output()).containsEntry("q", 1);
        assertThat(Bench.occurrence(result, "stuck").status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void interruptingTheCallerCancelsTheRunAndKeepsTheInterrupt() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        List<ExecutionResult> results = new ArrayList<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        Bench bench = new Bench().node("stuck", context -> {
            started.countDown();
            new CountDownLatch(1).await();
            return Map.of();
        });
        Workflow workflow = Bench.chain(
                Set.of(),
                Set.of(),
                Bench.function("stuck", List.of(), List.of()).build());
        Thread caller = new Thread(() -> {
            results.add(bench.run(workflow, Map.of()));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        started.await();
        caller.interrupt();
        caller.join();

        assertThat(results.get(0).trace().status()).isEqualTo(Status.CANCELLED);
        assertThat(interrupted).isTrue();
        assertThat(threads()).isEmpty();
    }

    /** The second member waits in line for the one worker when the run is given up. */
    @Test
    void whatWaitsInLineBehindCodeThatDoesNotStopEndsWithTheRun() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Bench bench = new Bench()
                .timeout(Duration.ofMillis(50))
                .settings(Settings.with(settings -> {
                    settings.stopWait = Duration.ofMillis(100);
                    settings.maxConcurrency = 1;
                }))
                .node("deaf", context -> {
                    while (!stop.get()) {
                        Thread.onSpinWait();
                    }
                    return Map.of();
                })
                .node("next", context -> Map.of());
        Workflow workflow = block(
                ErrorStrategy.FAIL_FAST,
                Bench.function("deaf", List.of(), List.of()).build(),
                Bench.function("next", List.of(), List.of()).build());

        ExecutionResult result = bench.run(workflow, Map.of());
        stop.set(true);

        assertThat(result.error()).contains("stopWait");
        for (Thread thread : threads()) {
            thread.join(30_000);
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void codeThatDoesNotStopIsGivenUpAndSaidSo() {
        AtomicBoolean stop = new AtomicBoolean();
        Bench bench = new Bench()
                .timeout(Duration.ofMillis(50))
                .settings(Settings.with(settings -> settings.stopWait = Duration.ofMillis(100)))
                .node("deaf", context -> {
                    while (!stop.get()) {
                        Thread.onSpinWait();
                    }
                    return Map.of();
                });
        Workflow workflow = Bench.chain(
                Set.of(), Set.of(), Bench.function("deaf", List.of(), List.of()).build());

        ExecutionResult result = bench.run(workflow, Map.of());
        stop.set(true);

        assertThat(result.error()).contains("stopWait").contains("PT0.1S");
        assertThat(Bench.occurrence(result, "deaf").status()).isEqualTo(Status.CANCELLED);
    }
}
