package dev.fettle.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.core.read.ReadSummary;
import dev.fettle.ingest.RandomSpans.TestSpan;
import dev.fettle.ingest.assemble.ReadLimits;
import dev.fettle.ingest.otlp.OtlpJsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with one trace, one line or one file is said in one line and loses nothing else. */
class FaultsTest {
    private static final long START = 1_750_000_000_000_000_000L;

    @TempDir
    Path folder;

    private static TestSpan span(String id, String parent, long start, long end) {
        return new TestSpan(id, parent.isEmpty() ? null : parent, "step", start, end, 1, Map.of());
    }

    private static String line(String trace, TestSpan... spans) {
        return SpanWriters.json(SpanWriters.otlp(trace, List.of(spans), false)) + "\n";
    }

    private static String good(int number) {
        return line(RandomSpans.traceId(number), span("00000000000000aa", "", START, START + 1000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1750000000000000000|1740000000000000000|ends before it starts",
                "-5|5|starts at (-5",
                "1000|2000|expected a time between 1990 and 2200",
                "9000000000000000000|9000000000000000001|expected a time between 1990 and 2200",
                "1750000000000000000|1780000000000000000|expected at most 30 days",
                "0|0|has no start time",
                "tomorrow|1750000000000000000|the time (tomorrow) is not usable",
                "1e308|1e308|the time (1e308) is not usable",
                "NaN|NaN|the time (NaN) is not usable",
            })
    void aTraceWithImpossibleTimesIsRejectedAlone(String start, String end, String reason) {
        String bad = good(1).replace("\"" + START + "\"", "\"" + start + "\"")
                .replace("\"" + (START + 1000) + "\"", "\"" + end + "\"");
        Reading reading = Reading.text(good(0) + bad + good(2));
        assertThat(reading.traces).hasSize(2);
        assertThat(reading.rejected).singleElement().asString().contains(RandomSpans.traceId(1), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-5", "1e30", "0.5"})
    void aTokenCountThatIsNoneIsReportedAndTheTraceIsRead(String count) {
        TestSpan call = new TestSpan(
                "00000000000000aa",
                null,
                "call",
                START,
                START + 1000,
                0,
                Map.of(
                        "gen_ai.operation.name", "chat",
                        "gen_ai.request.model", "m",
                        "gen_ai.usage.input_tokens", count,
                        "gen_ai.usage.output_tokens", "12"));
        Reading reading = Reading.text(line(RandomSpans.traceId(1), call));
        assertThat(reading.traces).hasSize(1);
        assertThat(reading.rejected)
                .singleElement()
                .asString()
                .contains("(call)", "(" + count + ")", "expected a whole number");
    }

    @Test
    void aCycleOfParentsIsRejected() {
        String cycle = line(
                RandomSpans.traceId(1),
                span("00000000000000aa", "00000000000000bb", START, START + 5),
                span("00000000000000bb", "00000000000000aa", START, START + 5));
        String itself = line(RandomSpans.traceId(2), span("00000000000000aa", "00000000000000aa", START, START + 5));
        Reading reading = Reading.text(cycle + itself + good(3));
        assertThat(reading.traces).hasSize(1);
        assertThat(reading.rejected).hasSize(2).allMatch(reason -> reason.contains("form a cycle"));
    }

    @Test
    void aMissingParentMakesTheTraceIncomplete() {
        ExecutionTrace trace = Reading.text(
                        line(RandomSpans.traceId(1), span("00000000000000aa", "00000000000000ff", START, START + 5)))
                .trace();
        assertThat(trace.complete()).isFalse();
    }

    @Test
    void severalRootsAreOneTrace() {
        ExecutionTrace trace = Reading.text(line(
                        RandomSpans.traceId(1),
                        span("00000000000000aa", "", START, START + 5),
                        span("00000000000000bb", "", START + 5, START + 50)))
                .trace();
        assertThat(trace.complete()).isTrue();
        assertThat(trace.wallClock().toNanos()).isEqualTo(50);
    }

    @Test
    void aSpanThatNeverEndedLastsAsLongAsWhatIsInside() {
        ExecutionTrace trace = Reading.text(line(
                        RandomSpans.traceId(1),
                        new TestSpan("00000000000000aa", null, "run", START, 0, 0, Map.of()),
                        span("00000000000000bb", "00000000000000aa", START + 5, START + 50)))
                .trace();
        assertThat(trace.complete()).isFalse();
        assertThat(trace.status()).isEqualTo(Status.UNKNOWN);
        assertThat(trace.occurrences().get(0).duration().toNanos()).isEqualTo(50);
    }

    @Test
    void aRepeatedSpanCountsOnceAndIsReported() {
        Reading reading = Reading.text(good(1) + good(1) + good(1));
        assertThat(reading.trace().occurrences()).hasSize(1);
        assertThat(reading.rejected).singleElement().asString().contains("(2) spans came with an id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "a\\u0000b", "two words", "\\u202Egnp.exe"})
    void anIdThatCannotBePrintedSafelyIsRejected(String id) {
        Reading reading = Reading.text(good(1).replace(RandomSpans.traceId(1), id) + good(2));
        assertThat(reading.traces).hasSize(1);
        assertThat(reading.rejected)
                .singleElement()
                .asString()
                .contains("is not usable")
                .isPrintable();
    }

    @Test
    void anEndlessIdIsRejectedWithoutBeingRepeated() {
        Reading reading = Reading.text(good(1).replace(RandomSpans.traceId(1), "a".repeat(10_000)) + good(2));
        assertThat(reading.traces).hasSize(1);
        assertThat(reading.rejected).singleElement().asString().hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceSpans\": [{\"scopeSpans\"\n",
                "{\"resourceSpans\": [}]\n",
                "{\"resourceSpans\": [{\"a\": \"b\n",
                "{\"resourceSpans\": [1, 2 \n",
                "nonsense\n",
                "{\"resourceSpans\": [{\"a\": \"\u0001\"}]}\n",
            })
    void aBrokenLineLosesOnlyItself(String broken) {
        Reading reading = Reading.text(good(1) + good(2) + broken + good(3) + good(4) + good(5));
        assertThat(reading.traces).hasSizeGreaterThanOrEqualTo(4);
        assertThat(reading.rejected).hasSize(1);
        assertThat(reading.rejected.get(0))
                .matches("test.json, line [34], column \\d+: .*")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"child_spans\":[", "{\"spans\":["})
    void tenThousandLevelsAreRejectedClearly(String level) {
        Reading reading = Reading.text(good(1) + level.repeat(10_000) + "\n" + good(2));
        assertThat(reading.traces).hasSizeGreaterThanOrEqualTo(1);
        assertThat(reading.rejected).anyMatch(reason -> reason.contains("nested deeper than maxDepth (1000)"));
    }

    @Test
    void aCutFileKeepsTheTracesBeforeTheCut() {
        String all = good(1) + good(2) + good(3);
        for (int cut = good(1).length() + good(2).length() + 1; cut < all.length() - 2; cut += 7) {
            Reading reading = Reading.text(all.substring(0, cut));
            assertThat(reading.traces).hasSizeGreaterThanOrEqualTo(2);
            assertThat(reading.rejected).singleElement().asString().contains("ends in the middle", "line 3");
        }
    }

    @Test
    void aCutProtobufFileKeepsTheMessagesBeforeTheCut() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            SpanWriters.protobuf(RandomSpans.traceId(i), RandomSpans.forest(i)).writeDelimitedTo(file);
        }
        byte[] all = file.toByteArray();
        Reading reading = Reading.bytes(Arrays.copyOf(all, all.length - 3));
        assertThat(reading.traces).hasSize(2);
        assertThat(reading.rejected).singleElement().asString().contains("byte", "protobuf");
    }

    @Test
    void randomDamageNeverEscapes() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] json = (good(1) + good(2)).getBytes(StandardCharsets.UTF_8);
        byte[] protobuf = SpanWriters.protobuf(RandomSpans.traceId(1), RandomSpans.forest(3))
                .toByteArray();
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = (i % 2 == 0 ? json : protobuf).clone();
            for (int k = random.nextInt(1, 5); k > 0; k--) {
                damaged[random.nextInt(20, damaged.length)] = (byte) random.nextInt(256);
            }
            Reading reading = Reading.bytes(damaged);
            assertThat(reading.traces.size() + reading.rejected.size()).isPositive();
        }
    }

    @Test
    void aTraceWiderThanTheLimitIsNamedWithTheLimit() {
        ReadLimits small = new ReadLimits(10, 5, 100, 1000, 100);
        List<TestSpan> spans = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            spans.add(span(String.format("%016x", 1 + i), "", START, START + 5));
        }
        Reading reading = Reading.bytes(
                (line(RandomSpans.traceId(1), spans.toArray(new TestSpan[0])) + good(2))
                        .getBytes(StandardCharsets.UTF_8),
                new OtlpJsonReader(),
                small);
        assertThat(reading.traces).hasSize(1);
        assertThat(reading.rejected).singleElement().asString().contains("maxOpenSpans (5)");
    }

    @Test
    void filesThatAreNoTracesAreListedAndTheOthersRead() throws IOException {
        Files.writeString(folder.resolve("a.jsonl"), good(1));
        Files.writeString(folder.resolve("bom.json"), "\uFEFF" + good(2));
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(folder.resolve("c.json.gz")))) {
            gzip.write(good(3).getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.resolve("empty.json"), "");
        Files.writeString(folder.resolve("README.md"), "# Read me");
        Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");
        Files.write(folder.resolve("utf16.json"), good(4).getBytes(StandardCharsets.UTF_16));
        Files.writeString(folder.resolve(".hidden"), "x");
        Files.writeString(folder.resolve("z-again.json"), good(1));
        byte[] zipped = Files.readAllBytes(folder.resolve("c.json.gz"));
        Files.write(folder.resolve("cut.json.gz"), Arrays.copyOf(zipped, zipped.length - 12));
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        List<ExecutionTrace> traces = new ArrayList<>();
        ReadSummary summary = Reading.files(List.of(folder, folder.resolve("absent.json")), traces);

        assertThat(summary.read()).isEqualTo(3);
        assertThat(summary.rejected())
                .extracting(rejection -> rejection.source().replaceFirst("^.*/", "") + ": " + rejection.reason())
                .anyMatch(text -> text.startsWith("empty.json: the file is empty"))
                .anyMatch(text -> text.startsWith("README.md: neither JSON nor protobuf"))
                .anyMatch(text -> text.startsWith("other.json: JSON, but not of a trace"))
                .anyMatch(text -> text.startsWith("utf16.json: the content is UTF-16"))
                .anyMatch(text -> text.startsWith("z-again.json, trace") && text.contains("was read before"))
                .anyMatch(text -> text.startsWith("cut.json.gz") && text.contains("gzip data is damaged or cut"))
                .anyMatch(text -> text.startsWith("loop: a link to a folder above it"))
                .anyMatch(text -> text.startsWith("absent.json: there is no such file"))
                .noneMatch(text -> text.startsWith(".hidden"));
    }

    @Test
    void nativeLinesThatDoNotFitAreRejectedOneByOne() {
        Reading reading = Reading.text("""
                {"id":"t1","workflow":"w","startedAt":"2025-01-01T00:00:00Z","wallClock":"PT1S","status":"OK","complete":true,"scores":{},"occurrences":[]}
                {"id":"t2","workflow":"w","startedAt":"2025-01-01T00:00:00Z","wallClock":"PT-1S","status":"OK","complete":true,"scores":{},"occurrences":[]}
                {"id":"t3","workflow":"../w","startedAt":"2025-01-01T00:00:00Z","wallClock":"PT1S","status":"OK","complete":true,"scores":{},"occurrences":[]}
                {"id":"t4","workflow":"w","startedAt":"yesterday","wallClock":"PT1S","status":"OK","complete":true,"scores":{},"occurrences":[]}
                {"id":"t5","workflow":"w"}
                {"id":"t6","workflow":"w","startedAt":"2025-01-01T00:00:00Z","wallClock":"PT1S","status":"OK","complete":true,"scores":{},"occurrences":[]}
                """);
        assertThat(reading.traces).extracting(ExecutionTrace::id).containsExactly("t1", "t6");
        assertThat(reading.rejected).hasSize(4).allMatch(reason -> !reason.contains("\n"));
        assertThat(reading.rejected.get(0)).startsWith("test.json, line 2: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"resourceSpans\":", "{\"spans\":[", "{\"occurrences\":["})
    void aFileOfNothingButNestingIsRejectedInOneLine(String opening) throws IOException {
        Path file = Files.writeString(folder.resolve("deep.json"), opening.repeat(10_000));
        List<ExecutionTrace> traces = new ArrayList<>();

        ReadSummary summary = Reading.files(List.of(file), traces);

        assertThat(traces).isEmpty();
        assertThat(summary.rejected()).isNotEmpty().allSatisfy(rejection -> assertThat(rejection.reason())
                .contains("nested")
                .doesNotContain("Exception", "is null", "\n"));
    }
}
