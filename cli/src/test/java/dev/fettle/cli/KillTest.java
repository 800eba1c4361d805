package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.core.record.RecordingReader;
import dev.fettle.core.record.RecordingSettings;
import java.io.IOException;
import java.io.InputStream;
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
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
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
        int continued = 0;
        ObjectMapper mapper = new ObjectMapper();
        for (int seed = 0; seed < KILLS; seed++) {
            kill(seed, nanos, validate);
            for (Path file : files(out)) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith("pair-")) {
                    continued++;
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
        assertThat(continued).as("pairs that a kill left behind").isPositive();
    }
}
