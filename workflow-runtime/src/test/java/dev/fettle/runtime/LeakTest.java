package dev.fettle.runtime;

import static dev.fettle.runtime.Bench.chain;
import static dev.fettle.runtime.Bench.function;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs that fail in every way leave no thread, no process and no open file behind. */
class LeakTest {
    private static final int RUNS = 1000;
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final Bench bench = new Bench()
            .node("fail", context -> {
                throw new IllegalStateException("broken");
            })
            .node("wait", context -> {
                NEVER.await();
                return Map.of();
            })
            .tool("look", arguments -> {
                throw new IOException("gone");
            })
            .workflows(Map.of("inner", chain(Set.of(), Set.of(), node("fail"))));

    private static Node node(String id) {
        return function(id, List.of(), List.of()).build();
    }

    private static Node command(String script) {
        return Node.builder("command", new NodeBody.Command(List.of("sh", "-c", script), List.of("PATH"), 1 << 16))
                .state(List.of(), List.of())
                .effects(Effects.NONE)
                .build();
    }

    private static Node block(Node... members) {
        return Node.builder("block", new NodeBody.Parallel(List.of(members), ErrorStrategy.FAIL_FAST, Map.of()))
                .effects(Effects.NONE)
                .build();
    }

    private static Node limited(Node node) {
        return node.toBuilder()
                .policies(Policies.NONE.withTimeout(Duration.ofMillis(2)))
                .build();
    }

    private static Workflow of(Node... nodes) {
        return chain(Set.of(), Set.of(), nodes);
    }

    private ExecutionResult interrupted(Workflow workflow) {
        Thread.currentThread().interrupt();
        ExecutionResult result = bench.run(workflow, Map.of());
        assertThat(Thread.interrupted()).isTrue();
        return result;
    }

    /** The kinds of failure in turn; those with processes, which are slow to start, less often. */
    private ExecutionResult run(int number) {
        if (number % 50 == 0) {
            return bench.run(of(block(command("sleep 100 & sleep 100"), node("fail"))), Map.of());
        }
        if (number % 50 == 25) {
            return bench.run(of(command("echo no >&2; exit 3")), Map.of());
        }
        return switch (number % 7) {
            case 0 -> bench.run(of(node("fail")), Map.of());
            case 1 -> bench.run(of(limited(node("wait"))), Map.of());
            case 2 -> interrupted(of(node("wait")));
            case 3 -> bench.run(of(block(node("wait"), node("fail"))), Map.of());
            case 4 -> bench.run(of(limited(block(node("wait")))), Map.of());
            case 5 ->
                bench.run(
                        of(Node.builder("part", new NodeBody.SubWorkflow("inner"))
                                .state(List.of(), List.of())
                                .effects(Effects.NONE)
                                .build()),
                        Map.of());
            default ->
                bench.run(
                        of(node("fail").toBuilder()
                                .policies(Policies.NONE.withRetry(new Policies.Retry(3, Duration.ofNanos(1))))
                                .build()),
                        Map.of());
        };
    }

    private static long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("fettle-"))
                .toList();
    }

    @Test
    void aThousandFailingRunsLeaveNothingBehind() {
        for (int i = 0; i < 60; i++) {
            run(i);
        }
        boolean linux = Files.isDirectory(Path.of("/proc/self/fd"));
        long filesBefore = linux ? openFiles() : 0;
        int threadsBefore = Thread.activeCount();
        for (int i = 0; i < RUNS; i++) {
            ExecutionResult result = run(i);
            assertThat(result.trace().status())
                    .as("run %d: %s", i, result.error())
                    .isNotEqualTo(Status.OK);
        }
        assertThat(threads()).isEmpty();
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsBefore + 2);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
        if (linux) {
            assertThat(openFiles()).isLessThanOrEqualTo(filesBefore + 5);
        }
    }
}
