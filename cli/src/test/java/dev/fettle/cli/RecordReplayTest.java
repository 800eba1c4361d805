package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fettle.core.record.RecordingReader;
import dev.fettle.core.record.RecordingSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReplayTest {
    @TempDir
    Path temp;

    private static CommandLineRun run(Object... arguments) {
        return CommandLineRun.of(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    }

    private static String lines(Path recording) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(recording)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aRecordedProjectIsReplayedWithoutDoingAnythingOutside() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 5);
        Path file = temp.resolve("runs.recording.gz");

        JsonNode recorded =
                run("record", project, "--out", file, "--format", "json").json();
        assertThat(recorded.at("/runs").asInt()).isEqualTo(2);
        assertThat(recorded.at("/calls").asInt()).isEqualTo(4);
        assertThat(SmallProject.sent(project)).isEqualTo(2);

        CommandLineRun replayed = run("replay", project, "--recording", file, "--runs", 4, "--format", "json");
        assertThat(replayed.exit()).as(replayed.err()).isEqualTo(ExitCode.DONE);
        assertThat(replayed.json().at("/answered").asInt()).isEqualTo(8);
        assertThat(replayed.json().at("/outputs/0/receipt").asInt()).isEqualTo(7);
        assertThat(replayed.json().at("/meanSeconds").asDouble()).isGreaterThan(0.2);
        assertThat(SmallProject.sent(project)).isEqualTo(2);
    }

    @Test
    void runWithRecordKeepsTracesAndARecordingBesideThem() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 5);
        Path traces = temp.resolve("out/traces.jsonl");

        JsonNode result =
                run("run", project, "--record", traces, "--format", "json").json();

        assertThat(Files.readAllLines(traces)).hasSize(2);
        assertThat(result.at("/recording").asText()).endsWith("traces.recording.gz");
        assertThat(lines(temp.resolve("out/traces.recording.gz")))
                .startsWith("{\"format\":\"fettle-recording\",\"version\":1");
        try (Stream<Path> files = Files.list(temp.resolve("out"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aValueIsKeptOnceAndASecretNotAtAll() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 5);
        Files.writeString(project.resolve("inputs.jsonl"), "{\"name\": \"Bearer abcdefghijklmnop\"}\n".repeat(3));
        Path file = temp.resolve("r.gz");

        assertThat(run("record", project, "--out", file).exit()).isEqualTo(ExitCode.DONE);

        String text = lines(file);
        assertThat(text).doesNotContain("abcdefghijklmnop").contains("[redacted]");
        List<String> contents =
                text.lines().filter(line -> line.startsWith("{\"content\"")).toList();
        assertThat(contents).doesNotHaveDuplicates();
        assertThat(contents.size()).isLessThan(9);
    }

    @Test
    void runsThatFitAreKeptWhereTheNextIsBeyondTheLimit() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 5);
        Path whole = temp.resolve("whole.gz");
        run("record", project, "--out", whole);
        // Somewhat less than both runs need, whose times are of different lengths each time.
        int maxBytes = lines(whole).getBytes(StandardCharsets.UTF_8).length - 100;
        Files.writeString(project.resolve("fettle.yaml"), "recording: {maxBytes: " + maxBytes + "}\n");
        Path traces = temp.resolve("out").resolve("t.jsonl");

        CommandLineRun first = run("run", project, "--record", traces);
        CommandLineRun second = run("run", project, "--record", traces);
        CommandLineRun recorded = run("record", project, "--out", temp.resolve("r.gz"));

        for (CommandLineRun run : List.of(first, second, recorded)) {
            assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err()).contains("recording.maxBytes (" + maxBytes + ")", "1 finished runs are kept in");
        }
        for (String name : List.of("t.jsonl", "t.part.jsonl")) {
            assertThat(Files.readAllLines(traces.resolveSibling(name))).hasSize(1);
        }
        for (Path file : List.of(
                traces.resolveSibling("t.recording.gz"),
                traces.resolveSibling("t.part.recording.gz"),
                temp.resolve("r.gz"))) {
            assertThat(RecordingReader.read(file, RecordingSettings.DEFAULT).runs())
                    .hasSize(1);
        }
    }

    @Test
    void aRecordingInWhichNoRunFitsIsNotWritten() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 5);
        Files.writeString(project.resolve("fettle.yaml"), "recording: {maxBytes: 1024}\n");
        Files.writeString(project.resolve("inputs.jsonl"), "{\"name\": \"" + "anna ".repeat(300) + "\"}\n");

        CommandLineRun run = run("record", project, "--out", temp.resolve("r.gz"));

        assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("recording.maxBytes (1024)", "nothing is kept");
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).containsExactly(project);
        }
    }

    @Test
    void runsSayWhatTheyGave() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 5);

        JsonNode outputs = run("run", project, "--format", "json").json().path("outputs");

        assertThat(outputs).hasSize(2).allSatisfy(output -> {
            assertThat(output.path("receipt").asInt()).isEqualTo(7);
            assertThat(output.has("summary")).isTrue();
        });
    }

    @Test
    void aReplayDoesNothingOutsideWhateverAVersionDeclares() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 5);
        Path file = temp.resolve("r.gz");
        run("record", project, "--out", file);
        long sent = SmallProject.sent(project);
        Path harmless = project.resolve("harmless.yaml");
        Files.writeString(
                harmless,
                Files.readString(project.resolve("workflow.yaml")).replace("effects: external", "effects: none"));

        CommandLineRun replay = run("replay", project, "--recording", file, "--candidate", harmless);

        assertThat(replay.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(replay.err()).contains("a replay would perform external effects: node 'send' declared as none");
        assertThat(SmallProject.sent(project)).isEqualTo(sent);
    }

    @Test
    void aRecordingThatWasCutOrChangedIsRefusedInOneLine() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 5);
        Path file = temp.resolve("r.gz");
        run("record", project, "--out", file);
        byte[] whole = Files.readAllBytes(file);
        Path cut = temp.resolve("cut.gz");
        for (int length : new int[] {0, 1, 30, whole.length / 2, whole.length - 9}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            CommandLineRun run = run("replay", project, "--recording", cut);
            assertThat(run.exit()).as("cut at " + length).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err().lines()).as("cut at " + length).hasSize(1);
        }
        assertThat(run("replay", project, "--recording", project.resolve("inputs.jsonl"))
                        .exit())
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void aCandidateIsValidatedAgainstARecordingAndGetsACertificate() throws Exception {
        Path project = SmallProject.create(temp.resolve("project"), 6);
        Path file = temp.resolve("r.gz");
        Path out = temp.resolve("out");
        run("record", project, "--out", file);
        Path candidate = SmallProject.candidate(project);
        Files.writeString(
                candidate, Files.readString(project.resolve("workflow.yaml")).replace("Hello again", "Bye"));

        CommandLineRun rejected = run(
                "validate",
                project,
                "--candidate",
                candidate,
                "--recording",
                file,
                "--output",
                out,
                "--format",
                "json");
        assertThat(rejected.exit()).as(rejected.err()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(rejected.json().at("/validation/verdict").asText()).isEqualTo("REJECT");
        assertThat(SmallProject.sent(project)).isEqualTo(2);

        Path same = project.resolve("workflow.yaml");
        CommandLineRun equal =
                run("validate", project, "--candidate", same, "--recording", file, "--output", out, "--format", "json");
        assertThat(equal.json().at("/validation/equivalent").asBoolean())
                .as(equal.out())
                .isTrue();
        assertThat(equal.json().at("/validation/reasons").toString()).contains("answered from the recording");
        Path certificate = Path.of(equal.json().at("/certificate").asText());
        assertThat(run(
                                "validate",
                                project,
                                "--candidate",
                                same,
                                "--recording",
                                file,
                                "--check",
                                certificate,
                                "--agreed")
                        .out())
                .contains(certificate.toString());
        assertThat(run("validate", project, "--candidate", candidate, "--recording", file, "--check", certificate)
                        .exit())
                .isEqualTo(ExitCode.CHECK_FAILED);
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).containsExactly(certificate);
        }
    }
}
