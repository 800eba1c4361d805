package dev.fettle.benchmarks.independence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.benchmarks.Benchmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateIndependenceCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2025-03-01T10:00:00Z");

    @TempDir
    private Path folder;

    /** Runs in which an agent calls a tool three times; each call's argument is what the function makes of its number. */
    private void runs(int count, int gapMillis, boolean chained) throws IOException {
        for (int run = 0; run < count; run++) {
            ObjectNode root = JSON.createObjectNode().put("trace_id", "%032x".formatted(run + 1));
            ArrayNode calls = span(root.putArray("spans"), run * 10L + 1, "agent", "AGENT", 0, 2000, "task", "done")
                    .putArray("child_spans");
            for (int call = 0; call < 3; call++) {
                String argument = chained && call > 0 ? "document-" + run + "-" + (call - 1) : "question-" + call;
                ObjectNode tool = span(
                        calls,
                        run * 10L + 2 + call,
                        "fetch",
                        "TOOL",
                        call * (300 + gapMillis),
                        300,
                        argument,
                        "document-" + run + "-" + call);
                ((ObjectNode) tool.get("span_attributes")).put("tool.name", "fetch");
                tool.putArray("child_spans");
            }
            Files.writeString(folder.resolve("run" + run + ".json"), root.toString());
        }
    }

    private static ObjectNode span(
            ArrayNode into, long id, String name, String kind, int at, int millis, String input, String output) {
        ObjectNode span = into.addObject()
                .put("timestamp", START.plusMillis(at).toString())
                .put("duration", Duration.ofMillis(millis).toString())
                .put("span_id", "%016x".formatted(id))
                .put("span_name", name)
                .put("status_code", "Ok");
        span.putObject("span_attributes")
                .put("openinference.span.kind", kind)
                .put("input.value", input)
                .put("output.value", output);
        return span;
    }

    private JsonNode evaluate() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Benchmarks.run(
                new PrintWriter(out), new PrintWriter(err), "evaluate", "independence", "--traces", folder.toString());
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        return JSON.readTree(out.toString());
    }

    @Test
    void callsThatFollowEachOtherAtOnceAreSuggestedAndNotFalseWhereNothingFlows() throws IOException {
        runs(10, 1, false);

        JsonNode result = evaluate();

        assertThat(result.get("pairs").asInt()).isEqualTo(30);
        assertThat(result.get("dependent").asInt()).isZero();
        assertThat(result.get("suggested").asInt()).isEqualTo(30);
        assertThat(result.get("false")).isEmpty();
    }

    @Test
    void whatReturnsInTheArgumentsOfTheNextCallIsAFalseIndependence() throws IOException {
        runs(10, 1, true);

        JsonNode result = evaluate();

        assertThat(result.get("dependent").asInt()).isEqualTo(20);
        assertThat(result.get("false")).hasSize(20);
        assertThat(result.get("false").get(0).get("reason").asText())
                .contains("(document-")
                .contains("arguments");
    }

    @Test
    void callsWithTimeToThinkInBetweenAreNotSuggested() throws IOException {
        runs(10, 200, true);

        JsonNode result = evaluate();

        assertThat(result.get("suggested").asInt()).isZero();
        assertThat(result.get("false")).isEmpty();
    }
}
