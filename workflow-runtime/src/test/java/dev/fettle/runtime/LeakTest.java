package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs that fail in every way leave no thread, no process and no open file behind. */
class LeakTest {
    private static final int RUNS = 1000;

    private static long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    /** Threads but those of the test's servers and of the pools of the JDK, which are bounded and end by themselves. */
    private static List<String> others() {
        return threads().stream()
                .filter(name -> !name.equals(SilentServer.THREAD)
                        && !name.equals(ModelServer.THREAD)
                        && !name.startsWith("process reaper")
                        && !name.startsWith("ForkJoinPool.commonPool"))
                .toList();
    }

    /** The servers see a little later that their clients have gone. */
    private static void awaitFiles(long most) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (openFiles() > most && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        assertThat(openFiles()).isLessThanOrEqualTo(most);
    }

    @Test
    void aThousandFailingRunsLeaveNothingBehind() throws IOException {
        try (FailingRuns failing = new FailingRuns()) {
            for (int i = 0; i < 100; i++) {
                failing.run(i);
            }
            boolean linux = Files.isDirectory(Path.of("/proc/self/fd"));
            long filesBefore = linux ? openFiles() : 0;
            List<String> threadsBefore = others();
            for (int i = 0; i < RUNS; i++) {
                ExecutionResult result = failing.run(i);
                assertThat(result.trace().status())
                        .as("run %d: %s", i, result.error())
                        .isNotEqualTo(Status.OK);
            }
            assertThat(threads()).noneMatch(name -> name.startsWith("fettle-"));
            assertThat(others()).hasSizeLessThanOrEqualTo(threadsBefore.size() + 2);
            assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                    .isEmpty();
            if (linux) {
                awaitFiles(filesBefore + 5);
            }
        }
    }
}
