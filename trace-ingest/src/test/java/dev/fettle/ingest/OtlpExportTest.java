package dev.fettle.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.ingest.otlp.OtlpTraceWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Fettle exports, Fettle reads back equal. */
class OtlpExportTest {
    private static String written(List<ExecutionTrace> traces) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ExecutionTrace trace : traces) {
            new OtlpTraceWriter().write(trace, out);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<ExecutionTrace> read(String text) {
        Reading reading = Reading.text(text);
        assertThat(reading.rejected).isEmpty();
        return reading.traces;
    }

    @Test
    void generatedTracesAreReadBackEqual() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<ExecutionTrace> traces = new ArrayList<>();
            int count = random.nextInt(1, 5);
            for (int i = 0; i < count; i++) {
                traces.add(trace(random, "run-" + i));
            }
            assertThat(read(written(traces))).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(traces);
        }
    }

    /** A collector may lose spans; what is left is read by the conventions. */
    @Test
    void withoutAllItsSpansATraceIsReadByTheConventions() throws IOException {
        NodeOccurrence agent = NodeOccurrence.builder("1", "writer")
                .kind(NodeKind.AGENT)
                .duration(Duration.ofMillis(20))
                .modelCalls(List.of(new ModelCall(
                        "gpt-test",
                        Duration.ofMillis(1),
                        Duration.ofMillis(9),
                        new TokenUsage(100, 20, 10),
                        Status.OK,
                        null,
                        0.25,
                        "in",
                        "out")))
                .toolCalls(List.of(new ToolCall(
                        "search",
                        "a",
                        "r",
                        Duration.ofMillis(12),
                        Duration.ofMillis(3),
                        Status.ERROR,
                        "IOException",
                        false,
                        null,
                        "{\"q\":1}")))
                .build();
        ExecutionTrace trace = new ExecutionTrace(
                "run-1",
                "letters",
                Instant.parse("2026-01-02T03:04:05.000000006Z"),
                Duration.ofMillis(25),
                Status.OK,
                true,
                null,
                Map.of(),
                List.of(agent));
        String text = written(List.of(trace)).replace("fettle.record", "someone.elses");
        ExecutionTrace read = read(text).get(0);
        assertThat(read.startedAt()).isEqualTo(trace.startedAt());
        assertThat(read.wallClock()).isEqualTo(trace.wallClock());
        assertThat(read.tokens()).isEqualTo(new TokenUsage(100, 20, 10));
        NodeOccurrence writer = read.occurrences().stream()
                .filter(one -> one.node().endsWith("writer"))
                .findFirst()
                .orElseThrow();
        assertThat(writer.kind()).isEqualTo(NodeKind.AGENT);
        assertThat(writer.modelCalls()).singleElement().satisfies(call -> {
            assertThat(call.model()).isEqualTo("gpt-test");
            assertThat(call.recordedUsd()).isEqualTo(0.25);
            assertThat(call.duration()).isEqualTo(Duration.ofMillis(9));
        });
        assertThat(writer.toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.tool()).isEqualTo("search");
            assertThat(call.status()).isEqualTo(Status.ERROR);
            assertThat(call.errorType()).isEqualTo("IOException");
        });
    }

    private static ExecutionTrace trace(SplittableRandom random, String id) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        int count = random.nextInt(0, 12);
        for (int i = 0; i < count; i++) {
            String parent = i > 0 && random.nextBoolean() ? String.valueOf(random.nextInt(0, i)) : null;
            occurrences.add(occurrence(random, String.valueOf(i), parent, occurrences));
        }
        return new ExecutionTrace(
                id,
                "work-" + random.nextInt(3),
                Instant.parse("2026-03-04T05:06:07Z").plusNanos(random.nextLong(1L << 40)),
                duration(random),
                one(random, Status.values()),
                random.nextBoolean(),
                random.nextBoolean() ? "hash" + random.nextInt(9) : null,
                random.nextBoolean() ? Map.of("quality", random.nextDouble()) : Map.of(),
                occurrences);
    }

    private static NodeOccurrence occurrence(
            SplittableRandom random, String id, @Nullable String parent, List<NodeOccurrence> before) {
        List<ModelCall> models = new ArrayList<>();
        List<ToolCall> tools = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            models.add(new ModelCall(
                    random.nextBoolean() ? "model-" + random.nextInt(3) : null,
                    duration(random),
                    duration(random),
                    new TokenUsage(random.nextInt(100), random.nextInt(100), random.nextInt(50)),
                    one(random, Status.values()),
                    random.nextBoolean() ? "TimeoutException" : null,
                    random.nextBoolean() ? random.nextDouble() : null,
                    random.nextBoolean() ? "in" + i : null,
                    random.nextBoolean() ? "out" + i : null));
            tools.add(new ToolCall(
                    "tool-" + random.nextInt(3),
                    random.nextBoolean() ? "a" + i : null,
                    random.nextBoolean() ? "r" + i : null,
                    duration(random),
                    duration(random),
                    one(random, Status.values()),
                    random.nextBoolean() ? "IOException" : null,
                    random.nextBoolean() ? random.nextBoolean() : null,
                    random.nextBoolean() ? random.nextDouble() : null,
                    random.nextBoolean() ? "{\"text\":\"\u00e4 \\\"quoted\\\"\"}" : null,
                    random.nextBoolean() ? "together-" + random.nextInt(3) : null));
        }
        return NodeOccurrence.builder(id, "node/" + (before.size() % 4))
                .parent(parent)
                .kind(one(random, NodeKind.values()))
                .iteration(random.nextInt(4))
                .start(duration(random))
                .duration(duration(random))
                .status(one(random, Status.values()))
                .errorType(random.nextBoolean() ? "SomeException" : null)
                .retriedErrors(random.nextBoolean() ? List.of("A", "B") : List.of())
                .modelCalls(models)
                .toolCalls(tools)
                .readHashes(random.nextBoolean() ? Map.of("key", "h1", "other", "h2") : Map.of())
                .writeHashes(random.nextBoolean() ? Map.of("key", "h3") : Map.of())
                .label(random.nextBoolean() ? "true" : null)
                .cpu(random.nextBoolean() ? duration(random) : null)
                .memoryBytes(random.nextBoolean() ? random.nextLong(1L << 40) : null)
                .build();
    }

    private static Duration duration(SplittableRandom random) {
        return Duration.ofNanos(random.nextLong(1L << 36));
    }

    private static <T> T one(SplittableRandom random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
