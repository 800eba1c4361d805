package dev.fettle.benchmarks.independence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads nested span trees with OpenInference attributes: {@code {trace_id, spans: [{span_id, child_spans, ...}]}}. */
final class RawSpans {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String trace;
    private final List<RawSpan> spans = new ArrayList<>();

    private RawSpans(String trace) {
        this.trace = trace;
    }

    /** The spans of each trace, by start; the files of a folder in order of their names. */
    static List<List<RawSpan>> read(Path path) {
        List<List<RawSpan>> traces = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(path)) {
            for (Path file : walk.filter(one -> one.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JsonNode root = JSON.readTree(file.toFile());
                RawSpans spans = new RawSpans(root.path("trace_id").asText());
                for (JsonNode span : root.path("spans")) {
                    spans.collect(span, List.of(), span.path("span_id").asText());
                }
                spans.spans.sort(Comparator.comparing(RawSpan::start));
                traces.add(spans.spans);
            }
        } catch (IOException | DateTimeException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    path + ": cannot be read (" + e.getMessage()
                            + "); expected span trees with OpenInference attributes",
                    e);
        }
        if (traces.stream().allMatch(List::isEmpty)) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, path + ": holds no spans; expected span trees with OpenInference attributes");
        }
        return traces;
    }

    private void collect(JsonNode span, List<String> ancestors, String within) {
        JsonNode attributes = span.path("span_attributes");
        String id = span.path("span_id").asText();
        String kind = attributes.path("openinference.span.kind").asText();
        Instant start = Instant.parse(span.path("timestamp").asText());
        List<String> inputs = new ArrayList<>();
        attributes.properties().forEach(field -> {
            boolean output =
                    field.getKey().startsWith("output.") || field.getKey().startsWith("llm.output_messages.");
            if (!output && field.getValue().isTextual()) {
                inputs.add(field.getValue().asText());
            }
        });
        JsonNode output = attributes.path("output.value");
        JsonNode tool = attributes.path("tool.name");
        spans.add(new RawSpan(
                trace,
                id,
                ancestors,
                kind,
                tool.isTextual() ? tool.asText() : null,
                within,
                start,
                start.plus(Duration.parse(span.path("duration").asText())),
                inputs,
                output.isTextual() ? output.asText() : null));
        List<String> around = new ArrayList<>(ancestors);
        around.add(id);
        for (JsonNode child : span.path("child_spans")) {
            collect(child, around, kind.equals("AGENT") ? id : within);
        }
    }
}
