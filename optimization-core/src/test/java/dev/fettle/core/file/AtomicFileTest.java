package dev.fettle.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** As in a container, where the program is process 1 each time. */
    @Test
    void whatAKilledProcessOfTheSameIdLeftIsRemovedAndNotInTheWay() throws IOException {
        long own = ProcessHandle.current().pid();
        for (int i = 1; i <= 1000; i++) {
            Files.writeString(folder.resolve(".a.json." + own + "-" + i + ".fettle-tmp"), "half");
            Files.writeString(folder.resolve(".a.json." + own + "-0123abc-" + i + ".fettle-tmp"), "half");
        }

        AtomicFile.write(folder.resolve("a.json"), "whole");

        assertThat(names()).containsExactly("a.json");
        assertThat(folder.resolve("a.json")).hasContent("whole");
    }

    /** The name is made one of a process that is gone, as that of a process in another container may seem. */
    @Test
    void whatAnotherProcessWritesStaysUntilThatIsKilled() throws Exception {
        Path target = folder.resolve("a.json");
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WaitingWriter.class.getName(),
                        target.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(writer.inputReader().readLine()).isEqualTo("writing");
            String elsewhere = names().get(0).replaceFirst("\\.\\d+-", ".99999999-");
            Files.move(folder.resolve(names().get(0)), folder.resolve(elsewhere));

            AtomicFile.write(target, "whole");
            assertThat(names()).containsExactly(elsewhere, "a.json");

            writer.destroyForcibly().waitFor();
            AtomicFile.write(target, "whole again");
            assertThat(names()).containsExactly("a.json");
        } finally {
            writer.destroyForcibly();
        }
    }

    /** Begins to write a file, says so, and waits to be killed. */
    static final class WaitingWriter {
        private WaitingWriter() {}

        public static void main(String[] arguments) throws Exception {
            try (AtomicFile file = AtomicFile.replacing(Path.of(arguments[0]))) {
                file.stream().write("half".getBytes(StandardCharsets.UTF_8));
                System.out.println("writing");
                System.in.read();
            }
        }
    }

    /** A link to nothing is listed, and there is no such file. */
    @Test
    void whatIsGoneAsSoonAsItIsLookedAtIsNotInTheWay() throws IOException {
        String gone = ".a.json." + ProcessHandle.current().pid() + "-0123abc-1.fettle-tmp";
        Files.createSymbolicLink(folder.resolve(gone), folder.resolve("nothing"));

        AtomicFile.write(folder.resolve("a.json"), "whole");

        assertThat(folder.resolve("a.json")).hasContent("whole");
    }

    @Test
    void whatThisProcessStillWritesStays() throws IOException {
        try (AtomicFile first = AtomicFile.replacing(folder.resolve("a"))) {
            first.stream().write("first".getBytes(StandardCharsets.UTF_8));

            AtomicFile.write(folder.resolve("../" + folder.getFileName() + "/b"), "second");

            first.commit();
        }
        assertThat(names()).containsExactly("a", "b");
        assertThat(folder.resolve("a")).hasContent("first");
    }

    @Test
    void ofManyThatMakeAFileAtTheSameTimeOneSucceeds() throws Exception {
        Path target = folder.resolve("a");
        int many = 8;
        CountDownLatch ready = new CountDownLatch(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Callable<Boolean>> makers = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String text = "by " + i;
                makers.add(() -> {
                    try (AtomicFile file = AtomicFile.replacing(target)) {
                        file.stream().write(text.getBytes(StandardCharsets.UTF_8));
                        ready.countDown();
                        ready.await();
                        file.commitNew();
                        return true;
                    } catch (FileAlreadyExistsException e) {
                        return false;
                    }
                });
            }
            int made = 0;
            for (Future<Boolean> one : threads.invokeAll(makers)) {
                made += one.get() ? 1 : 0;
            }

            assertThat(made).isEqualTo(1);
            assertThat(names()).containsExactly("a");
            assertThat(Files.readString(target)).startsWith("by ");
        } finally {
            threads.shutdownNow();
        }
    }
}
