package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.trace.Status;
import dev.fettle.core.record.RecordingReader;
import dev.fettle.core.record.RecordingSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of the command line is killed at random moments; nothing half-written is left, and the next call works. */
class KillTest {
    private static final int KILLS = 20;
    private static final String TEMPORARY = ".fettle-tmp";

    @TempDir
    Path temp;

    private static Process start(Object... arguments) throws IOException {
        return start(ProcessBuilder.Redirect.DISCARD, arguments);
    }

    private static Process start(ProcessBuilder.Redirect output, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.fettle.cli.Fettle"));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    /** Kills the process at a random moment of the time that it would take. */
    private static void kill(long seed, long nanos, Object... arguments) throws Exception {
        Process process = start(arguments);
        long wait = (long) (new Random(seed).nextDouble() * nanos);
        if (!process.waitFor(wait, TimeUnit.NANOSECONDS)) {
            process.toHandle().destroyForcibly();
        }
        process.waitFor();
    }

    private static void killAtFirstPair(Path out, Object... arguments) throws Exception {
        Process process = start(arguments);
        while (pairs(out).isEmpty() && !process.waitFor(1, TimeUnit.MILLISECONDS)) {
            Thread.onSpinWait();
        }
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    private static List<Path> pairs(Path out) throws IOException {
        return files(out).stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith("pair-") && !isTemporary(file))
                .toList();
    }

    private static long timed(Object... arguments) throws Exception {
        long start = System.nanoTime();
        Process process = start(arguments);
        process.waitFor();
        return System.nanoTime() - start;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            // A running process moved or removed something meanwhile.
            return List.of();
        }
    }

    private static boolean isTemporary(Path file) {
        return file.toString().endsWith(TEMPORARY);
    }

    @Test
    void aKilledRunLeavesWholeFilesOrNone() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 5);
        Path out = temp.resolve("out");
        Path traces = out.resolve("traces.jsonl");
        Path recording = out.resolve("traces.recording.gz");
        Object[] run = {"run", project, "--record", traces};
        long nanos = timed(run);
        ObjectMapper mapper = new ObjectMapper();
        for (int seed = 0; seed < KILLS; seed++) {
            if (seed % 2 == 0) {
                Files.deleteIfExists(traces);
                Files.deleteIfExists(recording);
            }
            kill(seed, nanos, run);
            for (Path file : files(out)) {
                if (file.equals(traces)) {
                    assertThat(Files.readAllLines(file)).as("seed " + seed).hasSize(2);
                    for (String line : Files.readAllLines(file)) {
                        mapper.readTree(line);
                    }
                } else if (file.equals(recording)) {
                    assertThat(RecordingReader.read(file, RecordingSettings.DEFAULT)
                                    .runs())
                            .as("seed " + seed)
                            .hasSize(2);
                } else {
                    assertThat(isTemporary(file))
                            .as("seed " + seed + ": " + file)
                            .isTrue();
                }
            }
        }
        assertThat(CommandLineRun.of("run", project.toString(), "--record", traces.toString())
                        .exit())
                .isEqualTo(ExitCode.DONE);
        assertThat(files(out)).containsExactlyInAnyOrder(traces, recording);
    }

    /** The second run waits for ever, and fails when the process ends its command; that is not what it would have done. */
    @Test
    void aTerminatedRunKeepsTheRunsThatWereFinished() throws Exception {
        Path project = Files.createDirectories(temp.resolve("slow"));
        Files.writeString(project.resolve("workflow.yaml"), """
            version: 1
            id: slow
            inputs: [text]
            outputs: [out]
            nodes:
              - id: work
                kind: command
                command: [sh, -c, 'if grep -q stop; then touch waiting; sleep 600; fi; echo "{\\"out\\": 1}"']
                environment: [PATH]
                reads: [text]
                writes: [out]
                effects: external
            """);
        Files.writeString(project.resolve("inputs.jsonl"), "{\"text\": \"go\"}\n{\"text\": \"stop\"}\n");
        Path out = temp.resolve("out");
        Path traces = out.resolve("traces.jsonl");
        Path recording = out.resolve("traces.recording.gz");
        Path said = temp.resolve("said");
        Process process = start(ProcessBuilder.Redirect.to(said.toFile()), "run", project, "--record", traces);
        while (!Files.exists(project.resolve("waiting"))) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                    .as("ended before its second run began")
                    .isFalse();
        }

        process.destroy();
        process.waitFor();

        assertThat(files(out)).containsExactlyInAnyOrder(traces, recording);
        assertThat(Files.readAllLines(traces)).hasSize(1);
        assertThat(RecordingReader.read(recording, RecordingSettings.DEFAULT).runs())
                .singleElement()
                .satisfies(run -> assertThat(run.status()).isEqualTo(Status.OK));
        assertThat(Files.readString(said))
                .contains("1 finished runs are kept in " + recording)
                .doesNotContain("failed");
    }

    @Test
    void aDryRunThatItsTimeEndedGoesOn() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 5);
        Files.writeString(project.resolve("fettle.yaml"), "validation: {pairs: 100000, warmUp: 1, maxTime: 2s}\n");
        Path recording = temp.resolve("r.gz");
        CommandLineRun.of("record", project.toString(), "--out", recording.toString());
        String said = "";
        for (int i = 0; i < KILLS && !said.contains("going on after"); i++) {
            CommandLineRun run = CommandLineRun.of(
                    "validate",
                    project.toString(),
                    "--candidate",
                    project.resolve("workflow.yaml").toString(),
                    "--recording",
                    recording.toString(),
                    "--output",
                    temp.resolve("out").toString(),
                    "--continue");
            assertThat(run.out()).as(run.err()).contains("stopped at the time budget of 2 s");
            said = run.err();
        }

        assertThat(said).contains("going on after");
    }

    @Test
    void aTerminatedRunEndsTheCommandsThatItStarted() throws Exception {
        Path project = Files.createDirectories(temp.resolve("waiting"));
        Path pid = project.resolve("pid");
        Files.writeString(project.resolve("workflow.yaml"), """
            version: 1
            id: waiting
            inputs: [text]
            outputs: [out]
            nodes:
              - id: wait
                kind: command
                command: [sh, -c, "echo $$ > pid.new; mv pid.new pid; exec sleep 600"]
                reads: [text]
                writes: [out]
                effects: none
            """);
        Files.writeString(project.resolve("inputs.jsonl"), "{\"text\": \"a\"}\n");
        Process process = start("run", project, "--runs", 1);
        while (!Files.exists(pid)) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                    .as("ended before its command began")
                    .isFalse();
        }
        ProcessHandle command =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();

        process.destroy();
        process.waitFor();

        assertThat(command.onExit()).succeedsWithin(20, TimeUnit.SECONDS);
    }

    @Test
    void aKilledResumeKeepsTheCheckpointAndDoesNothingTwiceUnasked() throws Exception {
        Path project = Files.createDirectories(temp.resolve("asking"));
        Path sent = project.resolve("sent");
        Files.writeString(project.resolve("workflow.yaml"), """
            version: 1
            id: asking
            inputs: [text]
            outputs: [done]
            nodes:
              - {id: person, kind: human, prompt: "Send?", reads: [text], writes: [answer]}
              - id: send
                kind: command
                command: [sh, -c, 'cat > /dev/null; echo x >> sent; if [ -e fast ]; then echo "{}"; else sleep 600; fi']
                environment: [PATH]
                reads: [answer]
                writes: []
                effects: external
              - {id: last, kind: command, command: [echo, '{"done": true}'], reads: [answer], writes: [done], effects: none}
            """);
        Files.writeString(project.resolve("inputs.jsonl"), "{\"text\": \"a\"}\n");
        CommandLineRun paused = CommandLineRun.of(
                "run", project.toString(), "--pause", "--output", temp.toString(), "--format", "json");
        String checkpoint = paused.json().at("/paused/0/checkpoint").asText();
        Process resuming = start("resume", checkpoint, "--answer", "yes");
        while (!Files.exists(sent)) {
            assertThat(resuming.waitFor(20, TimeUnit.MILLISECONDS))
                    .as("ended before it sent")
                    .isFalse();
        }

        resuming.toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
        resuming.destroyForcibly();
        resuming.waitFor();

        CommandLineRun refused = CommandLineRun.of("resume", checkpoint, "--answer", "yes");
        assertThat(refused.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused.err()).contains("has not ended", "--again");
        assertThat(Files.readAllLines(sent)).hasSize(1);
        Files.createFile(project.resolve("fast"));
        CommandLineRun again = CommandLineRun.of("resume", checkpoint, "--answer", "yes", "--again");
        assertThat(again.exit()).as(again.err()).isEqualTo(ExitCode.DONE);
        assertThat(Path.of(checkpoint)).doesNotExist();
    }

    @Test
    void aKilledDryRunGoesOnWhereItWas() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 12);
        Path recording = temp.resolve("r.gz");
        Path out = temp.resolve("out");
        CommandLineRun.of("record", project.toString(), "--out", recording.toString());
        Object[] validate = {
            "validate",
            project,
            "--candidate",
            project.resolve("workflow.yaml"),
            "--recording",
            recording,
            "--output",
            out,
            "--continue"
        };
        long nanos = timed(validate);
        Files.deleteIfExists(out.resolve("certificate.json"));
        long sent = SmallProject.sent(project);
        for (int i = 0; i < KILLS && pairs(out).isEmpty(); i++) {
            Files.deleteIfExists(out.resolve("certificate.json"));
            killAtFirstPair(out, validate);
        }
        assertThat(pairs(out)).as("pairs that a kill left behind").isNotEmpty();
        ObjectMapper mapper = new ObjectMapper();
        for (int seed = 0; seed < KILLS; seed++) {
            kill(seed, nanos, validate);
            for (Path file : files(out)) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith("pair-")) {
                    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                        assertThat(mapper.readTree(in))
                                .as("seed " + seed + ": " + file)
                                .hasSize(2);
                    }
                } else if (name.equals("certificate.json")) {
                    mapper.readTree(file.toFile());
                } else {
                    assertThat(isTemporary(file))
                            .as("seed " + seed + ": " + file)
                            .isTrue();
                }
            }
        }
        CommandLineRun last =
                CommandLineRun.of(Stream.of(validate).map(String::valueOf).toArray(String[]::new));
        assertThat(last.out()).as(last.err()).contains("after 12 pairs");
        assertThat(files(out)).containsExactly(out.resolve("certificate.json"));
        assertThat(SmallProject.sent(project)).isEqualTo(sent);
    }
}
