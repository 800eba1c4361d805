package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path temp;

    /** Sums over the model spans of span trees, taken straight from the files. */
    private static final class ModelSpans {
        long input;
        long output;

        void addFiles(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    addAll(MAPPER.readTree(file.toFile()).path("spans"));
                }
            }
        }

        private void addAll(JsonNode spans) {
            for (JsonNode span : spans) {
                JsonNode attributes = span.path("span_attributes");
                if (attributes.path("openinference.span.kind").asText().equals("LLM")) {
                    input += attributes.path("llm.token_count.prompt").asLong();
                    output += attributes.path("llm.token_count.completion").asLong();
                }
                addAll(span.path("child_spans"));
            }
        }
    }

    @Test
    void tokensOfSpanTreesAreCountedOnceAndNothingStatefulIsCached() throws Exception {
        Path folder = CommandLineRun.data("trail-gaia");
        assumeTrue(Files.isDirectory(folder), "the recorded data is not there: " + folder);
        ModelSpans spans = new ModelSpans();
        spans.addFiles(folder);

        CommandLineRun run = CommandLineRun.of(
                "optimize", "--traces", folder.toString(), "--format", "json", "--output", temp.toString());

        assertThat(run.exit()).isZero();
        JsonNode report = run.json();
        assertThat(report.at("/traces/read").asLong()).isEqualTo(56);
        assertThat(report.at("/profile/tokens/input").asLong()).isEqualTo(spans.input);
        assertThat(report.at("/profile/tokens/output").asLong()).isEqualTo(spans.output);
        assertThat(report.at("/profile/tools").has("page_down")).isTrue();
        assertThat(report.at("/profile/tools").has("web_search")).isTrue();
        assertThat(report.at("/workflow/nodes").findValuesAsText("id").toString())
                .contains("CodeAgent.run", "search_agent");
        for (JsonNode suggestion : report.path("suggestions")) {
            assertThat(suggestion.path("evidence")).isNotEmpty();
            assertThat(suggestion.toString()).doesNotContain("page_down");
        }
        for (JsonNode bottleneck : report.path("bottlenecks")) {
            assertThat(bottleneck.path("evidence")).isNotEmpty();
            assertThat(bottleneck.path("type").asText()).isNotEqualTo("missing-caching");
        }
    }

    @Test
    void otlpFilesOfSeveralToolsAreRead() throws Exception {
        Path folder = CommandLineRun.data("otlp");
        assumeTrue(Files.isDirectory(folder), "the recorded data is not there: " + folder);

        CommandLineRun run = CommandLineRun.of("analyze", "--traces", folder.toString(), "--format", "json");

        assertThat(run.exit()).isZero();
        assertThat(run.json().at("/traces/read").asLong()).isEqualTo(8);
        assertThat(run.json().at("/traces/rejected")).isEmpty();
    }

    @Test
    void whatIsReadableIsAnalyzedAndTheRestIsListed() throws Exception {
        Files.writeString(temp.resolve("good.jsonl"), otlpLine("0af7651916cd43dd8448eb211c80319c"));
        Files.writeString(temp.resolve("bad.json"), "{\"resourceSpans\": [");
        Files.writeString(temp.resolve("empty.json"), "");

        CommandLineRun run = CommandLineRun.of("analyze", "--traces", temp.toString(), "--format", "json");

        assertThat(run.exit()).isZero();
        assertThat(run.json().at("/traces/read").asLong()).isEqualTo(1);
        List<String> sources = new ArrayList<>();
        run.json()
                .at("/traces/rejected")
                .forEach(one -> sources.add(one.path("source").asText()));
        assertThat(sources)
                .anyMatch(source -> source.contains("bad.json"))
                .anyMatch(source -> source.contains("empty.json"));
        assertThat(run.err()).contains("left out").contains("bad.json");
    }

    @Test
    void theSummaryForPeopleNamesTheNodesAndTheSourceOfEachFigure() throws Exception {
        Files.writeString(temp.resolve("good.jsonl"), otlpLine("0af7651916cd43dd8448eb211c80319c"));

        CommandLineRun run = CommandLineRun.of("analyze", "--traces", temp.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("agent").contains("measured").doesNotContain("\u001b[");
    }

    private static String otlpLine(String traceId) {
        return """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"b7ad6b7169203331","name":"invoke_agent agent",\
                "startTimeUnixNano":"1751473879643884800","endTimeUnixNano":"1751473880643884800",\
                "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},\
                {"key":"gen_ai.agent.name","value":{"stringValue":"agent"}},\
                {"key":"gen_ai.usage.input_tokens","value":{"intValue":"10"}}]}]}]}]}
                """.formatted(traceId);
    }
}
