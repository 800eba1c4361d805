package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Attendance;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.RunConsumer;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.record.RecordingReader;
import dev.fettle.core.record.RecordingSettings;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
    @TempDir
    Path folder;

    private Project project;
    private WorkflowOptimizer optimizer;

    @BeforeEach
    void create() throws Exception {
        Path definition = Files.createDirectories(folder.resolve("project"));
        Files.writeString(definition.resolve("workflow.yaml"), """
                version: 1
                id: echo
                inputs: [text]
                outputs: [summary]
                nodes:
                  - {id: summarize, kind: agent, model: fettle-extractive, prompt: "Summarize: {text}", reads: [text],
                     writes: [summary], effects: none}
                """);
        Files.writeString(definition.resolve("inputs.jsonl"), "{\"text\": \"One. Two.\"}\n");
        project = Project.read(definition);
        optimizer = WorkflowOptimizer.create(project.configuration());
    }

    private static FettleException stop() {
        return new FettleException(ErrorCode.LIMIT, "stop");
    }

    private void run(RunConsumer consumer) {
        optimizer.record(project, 1, 0, new Attendance.Unattended(), consumer, (done, all) -> {});
    }

    /** As where one interrupt of the keyboard ends all of them. */
    @Test
    void ofManyThatAreBrokenOffAtTheSameTimeEachKeepsItsRuns() throws Exception {
        Path out = Files.createDirectories(folder.resolve("out"));
        int many = 8;
        CountDownLatch ready = new CountDownLatch(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Callable<String>> recording = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                recording.add(() -> {
                    try (RunFiles files = RunFiles.recording(optimizer, project, out.resolve("r.gz"), said -> {})) {
                        run(files);
                        ready.countDown();
                        ready.await();
                        return files.keeping(stop()).getMessage();
                    }
                });
            }
            for (Future<String> one : threads.invokeAll(recording)) {
                assertThat(one.get()).contains("1 finished runs are kept in");
            }
        } finally {
            threads.shutdownNow();
        }

        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(many).allSatisfy(file -> assertThat(
                            RecordingReader.read(file, RecordingSettings.DEFAULT)
                                    .runs())
                    .hasSize(1));
        }
    }

    /** A link to nothing takes the name of the traces, and is no file. */
    @Test
    void aRecordingThatIsKeptWithoutItsTracesIsNotSaidToBeLost() throws Exception {
        Path out = Files.createDirectories(folder.resolve("out"));
        Path traces = Files.createSymbolicLink(out.resolve("t.jsonl"), out.resolve("nothing"));
        try (RunFiles files = RunFiles.traces(optimizer, project, traces, said -> {})) {
            run(files);

            assertThat(files.keeping(stop()).getMessage())
                    .contains("1 finished runs are kept in " + out.resolve("t.recording.gz"))
                    .contains("without their traces")
                    .doesNotContain("lost");
        }
        assertThat(RecordingReader.read(out.resolve("t.recording.gz"), RecordingSettings.DEFAULT)
                        .runs())
                .hasSize(1);
    }
}
