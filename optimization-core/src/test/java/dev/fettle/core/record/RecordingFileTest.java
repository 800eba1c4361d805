package dev.fettle.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.content.RedactionSettings;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.execute.ReplayRules;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFileTest {
    @TempDir
    Path folder;

    private static RecordedCall call(Object input, @Nullable Object result) {
        OutsideCall call = new OutsideCall(OutsideCall.Kind.TOOL, "find", "search", Effects.NONE, "hash", input);
        return RecordedCall.of(call, result, Duration.ofMillis(7));
    }

    private static RecordedRun run(String id, RecordedCall... calls) {
        return new RecordedRun(id, Map.of("q", "x"), "input-hash", Status.OK, List.of(calls));
    }

    private static RecordingSettings settings(long maxBytes, int keepInputBytes) {
        return new RecordingSettings(
                maxBytes, keepInputBytes, RedactionSettings.DEFAULT, ReplayRules.Scope.OUTSIDE, false, List.of());
    }

    private Path write(RecordingSettings settings, RecordedRun... runs) throws IOException {
        Path file = folder.resolve("r.gz");
        try (RecordingWriter writer = new RecordingWriter(file, "flow", settings)) {
            for (RecordedRun run : runs) {
                writer.add(run);
            }
            writer.commit();
        }
        return file;
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void rewrite(Path file, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(file, bytes.toByteArray());
    }

    private static void assertRefused(Path file, String... words) {
        assertThatThrownBy(() -> RecordingReader.read(file, RecordingSettings.DEFAULT))
                .isInstanceOf(FettleException.class)
                .message()
                .contains(words);
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Object value = Arrays.asList(1, 1.5, new BigDecimal("0.1234567890123456789012345"), "ä\n", true, null);
        RecordedRun run = run("run-1", call(Map.of("list", value), Map.of("found", value)), call("x", null));

        Recording read = RecordingReader.read(write(RecordingSettings.DEFAULT, run), RecordingSettings.DEFAULT);

        assertThat(read.workflow()).isEqualTo("flow");
        assertThat(read.runs()).containsExactly(run);
    }

    @Test
    void aValueThatIsThereOftenIsWrittenOnce() throws IOException {
        String long1000 = "long ".repeat(200);
        RecordedRun[] runs = new RecordedRun[50];
        Arrays.setAll(runs, i -> run("run-" + i, call(long1000, long1000)));

        assertThat(text(write(RecordingSettings.DEFAULT, runs)).split("long long long", -1).length)
                .isLessThan(100);
    }

    @Test
    void inputsBeyondTheLimitAreLeftOutAndResultsNever() throws IOException {
        Path file = write(settings(1 << 20, 20), run("run-1", call("input ".repeat(10), "result ".repeat(10))));

        RecordedCall read = RecordingReader.read(file, RecordingSettings.DEFAULT)
                .runs()
                .get(0)
                .calls()
                .get(0);

        assertThat(read.call().input()).isNull();
        assertThat(read.result()).isEqualTo("result ".repeat(10));
    }

    @Test
    void secretsAreTakenOutBeforeAnythingIsWritten() throws IOException {
        Path file = write(
                RecordingSettings.DEFAULT, run("run-1", call(Map.of("apiKey", "hush"), Map.of("password", "hush"))));

        assertThat(text(file)).doesNotContain("hush").contains("[redacted]");
    }

    /** The setting knows a key that no rule knows by itself. */
    @Test
    void secretsAreTakenOutOfCallsInsideANode() throws IOException {
        RedactionSettings more = new RedactionSettings(true, List.of("badge"), List.of("hush-\\d+"));
        RecordingSettings settings =
                new RecordingSettings(1 << 20, 1 << 16, more, ReplayRules.Scope.OUTSIDE, false, List.of());
        String clean = "{\"n\":0.1234567890123456789012345,\"q\":\"open\"}";
        RecordedCall made = call("x", "y");
        RecordedCall node = new RecordedCall(
                made.call(),
                made.result(),
                null,
                null,
                made.duration(),
                List.of(),
                List.of(
                        inside("{\"badge\":\"mine\",\"n\":0.1234567890123456789012345,\"q\":\"a hush-7 b\"}"),
                        inside("cut off: hush-8"),
                        inside(clean),
                        inside(null)));

        Path file = write(settings, run("run-1", node));

        assertThat(text(file)).doesNotContain("mine", "hush-7", "hush-8");
        assertThat(RecordingReader.read(file, settings)
                        .runs()
                        .get(0)
                        .calls()
                        .get(0)
                        .toolCalls())
                .extracting(ToolCall::arguments)
                .containsExactly(
                        "{\"badge\":\"[redacted]\",\"n\":0.1234567890123456789012345,\"q\":\"a [redacted] b\"}",
                        "cut off: [redacted]",
                        clean,
                        null);
    }

    private static ToolCall inside(@Nullable String arguments) {
        Duration time = Duration.ofMillis(1);
        return new ToolCall("search", "a", "b", time, time, Status.OK, null, false, null, arguments);
    }

    @Test
    void aRunThatDoesNotFitIsLeftOutWholeAndTheOthersAreKept() throws IOException {
        Path file = folder.resolve("r.gz");
        RecordingSettings settings = settings(2000, 100);
        RecordedRun small = run("small", call("x", "short"));
        RecordedRun large = run("large", call("shared", "result ".repeat(300)));
        RecordedRun after = run("after", call("shared", "short"));
        try (RecordingWriter writer = new RecordingWriter(file, "flow", settings)) {
            writer.add(small);
            assertThatThrownBy(() -> writer.add(large))
                    .hasMessageContaining("recording.maxBytes (2000) after 1 runs")
                    .hasMessageContaining("left out");
            writer.add(after);
            writer.commit();
        }

        assertThat(RecordingReader.read(file, settings).runs()).containsExactly(small, after);
        assertThat(text(file)).doesNotContain("result result").hasSizeLessThanOrEqualTo(2000);
    }

    @Test
    void aLargerRecordingThanAllowedIsNotRead() throws IOException {
        Path file = write(RecordingSettings.DEFAULT, run("run-1", call("x", "result ".repeat(1000))));

        assertThatThrownBy(() -> RecordingReader.read(file, settings(1000, 100)))
                .hasMessageContaining("recording.maxBytes (1000)");
    }

    @Test
    void aCutChangedOrForeignFileIsRefusedInWords() throws IOException {
        Path file = write(RecordingSettings.DEFAULT, run("run-1", call("question", "answer")));
        String whole = text(file);
        byte[] bytes = Files.readAllBytes(file);

        rewrite(file, whole.substring(0, whole.lastIndexOf("{\"end\"")));
        assertRefused(file, "it was cut");
        rewrite(file, whole.replace("\"answer\"", "\"forged\""));
        assertRefused(file, "holds another value than its key says");
        rewrite(file, whole.replace("\"version\":1", "\"version\":9"));
        assertRefused(file, "has version (9)", "expected 1");
        rewrite(file, whole.replaceAll("(?m)^\\{\"content\".*\n", ""));
        assertRefused(file, "that is not in the file");
        rewrite(file, "{\"format\":\"other\"}\n");
        assertRefused(file, "is not a recording");
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(file, "cannot be read as a recording");
        Files.writeString(file, "no gzip");
        assertRefused(file, "cannot be read as a recording");
    }
}
