package dev.fettle.benchmarks.typical;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.benchmarks.Benchmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TypicalCommandTest {
    @Test
    void itSearchesAPlanThatIsBetterThanTheBaselineAndRanksTheSuggestions() throws IOException {
        StringWriter out = new StringWriter();
        int code = Benchmarks.run(
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter()),
                "typical",
                "--nodes",
                "8",
                "--suggestions",
                "30",
                "--traces",
                "8",
                "--evaluations",
                "300");
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(line.get("score").asDouble()).isLessThan(line.get("baseline").asDouble());
        assertThat(line.get("evaluations").asLong()).isBetween(1L, 300L);
        assertThat(line.get("ranked").asInt()).isBetween(20, 30);
    }

    @Test
    void theSuggestionsAreAsManyAsWantedAndOfAllKinds() {
        TypicalWorkflow typical = TypicalWorkflow.of(1, 30, 64);
        assertThat(typical.traces()).hasSize(64);
        assertThat(TypicalSuggestions.of(typical, 200, 1))
                .hasSize(200)
                .extracting(suggestion -> suggestion.changes().get(0).getClass().getSimpleName())
                .contains("SubstituteTool", "SetParameter", "SetPolicies", "RemoveNode", "Parallelize");
    }
}
