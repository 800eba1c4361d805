package dev.fettle.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.ingest.RandomSpans.TestSpan;
import dev.fettle.ingest.nativejson.NativeTraceWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever format the same spans are written in, the same trace comes out. */
class FormatsTest {
    private static final int FORESTS = 200;

    private static ExecutionTrace reference(long seed) {
        return Reading.text(
                        SpanWriters.json(SpanWriters.otlp(RandomSpans.traceId(seed), RandomSpans.forest(seed), false)))
                .trace();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "shuffled", "tree", "list", "spans", "protobuf"})
    void theFormatDoesNotChangeTheTrace(String format) {
        for (long seed = 0; seed < FORESTS; seed++) {
            String trace = RandomSpans.traceId(seed);
            List<TestSpan> spans = RandomSpans.forest(seed);
            List<TestSpan> shuffled = new ArrayList<>(spans);
            Collections.shuffle(shuffled, new Random(seed));
            Reading reading =
                    switch (format) {
                        case "base64" -> Reading.text(SpanWriters.json(List.of(SpanWriters.otlp(trace, spans, true))));
                        case "shuffled" -> Reading.text(lines(trace, shuffled));
                        case "tree" -> Reading.text(SpanWriters.json(SpanWriters.tree(trace, spans)));
                        case "list" -> Reading.text(SpanWriters.json(List.of(SpanWriters.list(trace, spans))));
                        case "spans" -> Reading.text(SpanWriters.json(SpanWriters.plain(trace, shuffled)));
                        default ->
                            Reading.bytes(SpanWriters.protobuf(trace, shuffled).toByteArray());
                    };
            assertThat(reading.trace()).as("seed %d", seed).isEqualTo(reference(seed));
            assertThat(reading.rejected).isEmpty();
        }
    }

    private static String lines(String trace, List<TestSpan> spans) {
        StringBuilder lines = new StringBuilder();
        spans.forEach(span -> lines.append(SpanWriters.json(SpanWriters.otlp(trace, List.of(span), false)))
                .append('\n'));
        return lines.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0000000000000000", "AAAAAAAAAAA="})
    void theRunsInputIsReadWhereverItsKindStands(String noParent) {
        String kind = """
                {"key": "openinference.span.kind", "value": {"stringValue": "CHAIN"}}""";
        String input = """
                {"key": "input.value", "value": {"stringValue": "the question"}}""";
        String first = root(noParent, kind + ", " + input);
        String last = root(noParent, input + ", " + kind);
        assertThat(Reading.text(first).trace()).isEqualTo(Reading.text(last).trace());
        assertThat(Reading.text(first).trace().inputHash()).isNotNull();
    }

    private static String root(String parent, String attributes) {
        return """
                {"resourceSpans": [{"scopeSpans": [{"spans": [{
                  "traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "00f067aa0ba902b7", "parentSpanId": "%s",
                  "name": "run", "startTimeUnixNano": "1750000000000000000", "endTimeUnixNano": "1750000001000000000",
                  "attributes": [%s]}]}]}]}
                """.formatted(parent, attributes);
    }

    @Test
    void nativeLinesGiveBackEqualTraces() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        List<ExecutionTrace> written = new ArrayList<>();
        for (long seed = 0; seed < FORESTS; seed++) {
            written.add(reference(seed));
            new NativeTraceWriter().write(written.get((int) seed), file);
        }
        Reading reading = Reading.bytes(file.toByteArray());
        assertThat(reading.traces).isEqualTo(written);
        assertThat(reading.rejected).isEmpty();
    }

    @Test
    void protobufMessagesMayFollowEachOtherBehindTheirLengths() throws IOException {
        ByteArrayOutputStream varint = new ByteArrayOutputStream();
        ByteArrayOutputStream fixed = new ByteArrayOutputStream();
        List<ExecutionTrace> expected = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            var message = SpanWriters.protobuf(RandomSpans.traceId(seed), RandomSpans.forest(seed));
            message.writeDelimitedTo(varint);
            byte[] bytes = message.toByteArray();
            fixed.write(new byte[] {
                (byte) (bytes.length >>> 24),
                (byte) (bytes.length >>> 16),
                (byte) (bytes.length >>> 8),
                (byte) bytes.length
            });
            fixed.write(bytes);
            expected.add(reference(seed));
        }
        assertThat(Reading.bytes(varint.toByteArray()).traces).isEqualTo(expected);
        assertThat(Reading.bytes(fixed.toByteArray()).traces).isEqualTo(expected);
    }

    @Test
    void occurrencesAreOrderedAndNothingIsCountedTwice() {
        for (long seed = 0; seed < FORESTS; seed++) {
            ExecutionTrace trace = reference(seed);
            Set<String> seen = new HashSet<>();
            for (NodeOccurrence occurrence : trace.occurrences()) {
                assertThat(occurrence.parent() == null || seen.contains(occurrence.parent()))
                        .isTrue();
                assertThat(seen.add(occurrence.id())).isTrue();
            }
            assertThat(trace.occurrences())
                    .isSortedAccordingTo((a, b) -> a.start().compareTo(b.start()));
            assertThat(trace.tokens().input()).isEqualTo(innermost(RandomSpans.forest(seed)));
        }
    }

    /** Input tokens of the model spans that record tokens and have no such model span below them. */
    private static long innermost(List<TestSpan> spans) {
        Set<String> outer = new HashSet<>();
        for (TestSpan span : spans) {
            if (span.attributes().containsKey("llm.model_name") && tokens(span) > 0) {
                String parent = span.parent();
                while (parent != null && outer.add(parent)) {
                    String id = parent;
                    parent = spans.stream()
                            .filter(s -> s.id().equals(id))
                            .findFirst()
                            .orElseThrow()
                            .parent();
                }
            }
        }
        long sum = 0;
        for (TestSpan span : spans) {
            if (span.attributes().containsKey("llm.model_name") && !outer.contains(span.id())) {
                sum += count(span, "llm.token_count.prompt");
            }
        }
        return sum;
    }

    private static long tokens(TestSpan span) {
        return count(span, "llm.token_count.prompt") + count(span, "llm.token_count.completion");
    }

    private static long count(TestSpan span, String attribute) {
        return Long.parseLong(String.valueOf(span.attributes().get(attribute)));
    }
}
