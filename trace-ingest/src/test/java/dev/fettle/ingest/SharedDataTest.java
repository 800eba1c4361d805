package dev.fettle.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.core.read.ReadSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharedDataTest {
    private final List<ExecutionTrace> traces = new ArrayList<>();

    private TokenUsage tokens() {
        return traces.stream().map(ExecutionTrace::tokens).reduce(TokenUsage.NONE, TokenUsage::plus);
    }

    @Test
    void trailGaiaIsReadWithEveryTokenCountedOnce() throws IOException {
        Path folder = SharedData.path("trail-gaia");
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.toList();
        }
        ReadSummary summary = Reading.files(List.of(folder), traces);
        assertThat(summary.rejected()).isEmpty();
        assertThat(summary.read()).isEqualTo(files.size());
        assertThat(summary.incomplete()).isZero();

        long input = 0;
        long output = 0;
        for (Path file : files) {
            for (JsonNode attributes :
                    new ObjectMapper().readTree(file.toFile()).findValues("span_attributes")) {
                if (attributes.path("openinference.span.kind").asText().equals("LLM")) {
                    input += attributes.path("llm.token_count.prompt").asLong();
                    output += attributes.path("llm.token_count.completion").asLong();
                }
            }
        }
        assertThat(input).isPositive();
        assertThat(tokens().input()).isEqualTo(input);
        assertThat(tokens().output()).isEqualTo(output);
    }

    @Test
    void trailGaiaNamesItsAgentsAndTools() {
        Reading.files(List.of(SharedData.path("trail-gaia")), traces);
        List<String> nodes = traces.stream()
                .flatMap(trace -> trace.occurrences().stream())
                .map(occurrence -> occurrence.node())
                .distinct()
                .toList();
        assertThat(nodes).anyMatch(node -> node.endsWith("/CodeAgent.run"));
        assertThat(nodes).anyMatch(node -> node.endsWith("/search_agent (ToolCallingAgent.run)"));
        assertThat(nodes).noneMatch(node -> node.matches(".*Step \\d.*"));
        List<String> tools = traces.stream()
                .flatMap(trace -> trace.occurrences().stream())
                .flatMap(occurrence -> occurrence.toolCalls().stream())
                .map(ToolCall::tool)
                .distinct()
                .toList();
        assertThat(tools).contains("web_search", "visit_page", "page_down", "final_answer", "find_on_page_ctrl_f");
    }

    @Test
    void agentPrismIsReadWithBase64Ids() {
        ReadSummary summary = Reading.files(List.of(SharedData.path("otlp/agentprism")), traces);
        assertThat(summary.rejected()).isEmpty();
        assertThat(summary.read()).isEqualTo(3);
        assertThat(summary.incomplete()).isZero();
        assertThat(traces).allMatch(trace -> trace.id().matches("[0-9a-f]{32}"));
    }

    @Test
    void oneCallSeenByTwoInstrumentationsCountsOnce() {
        Reading.files(List.of(SharedData.path("otlp/agentprism/quo_tav_agent.json")), traces);
        assertThat(traces.get(0).occurrences().stream()
                        .mapToInt(occurrence -> occurrence.modelCalls().size())
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void smoltraceIsReadAsFlatLists() {
        ReadSummary summary = Reading.files(List.of(SharedData.path("otlp/smoltrace")), traces);
        assertThat(summary.rejected()).isEmpty();
        assertThat(summary.read()).isEqualTo(5);
        assertThat(traces)
                .allMatch(trace -> trace.complete() && trace.workflow().equals("test_evaluation"));
    }
}
