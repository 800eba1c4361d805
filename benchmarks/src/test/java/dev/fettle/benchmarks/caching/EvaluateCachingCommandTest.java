package dev.fettle.benchmarks.caching;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCachingCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final ArrayNode conversations = JSON.createArrayNode();

    /** A conversation of calls, each a tool, its argument and its result. */
    private void conversation(String... calls) {
        ArrayNode messages = conversations.addObject().putArray("traj");
        for (int i = 0; i < calls.length; i += 3) {
            ObjectNode asked = messages.addObject()
                    .put("role", "assistant")
                    .putArray("tool_calls")
                    .addObject();
            asked.put("id", "call" + i)
                    .putObject("function")
                    .put("name", calls[i])
                    .put("arguments", "{\"of\": \"" + calls[i + 1] + "\"}");
            messages.addObject()
                    .put("role", "tool")
                    .put("tool_call_id", "call" + i)
                    .put("content", calls[i + 2]);
        }
    }

    private JsonNode evaluate() throws IOException {
        Path file = folder.resolve("runs.json");
        Files.writeString(file, conversations.toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Benchmarks.run(
                new PrintWriter(out), new PrintWriter(err), "evaluate", "caching", "--calls", file.toString());
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        return JSON.readTree(out.toString());
    }

    private static List<String> tools(JsonNode result, String list) {
        List<String> tools = new ArrayList<>();
        result.get(list).forEach(one -> tools.add(one.get("tool").asText()));
        return tools;
    }

    @Test
    void whatReadsTheSameIsSafeAndWhatChangesSomethingNever() throws IOException {
        for (int run = 0; run < 60; run++) {
            conversation("get_user", "u" + run % 3, "Ann", "book_room", "r" + run % 3, "booked");
        }

        JsonNode result = evaluate();

        assertThat(result.get("calls").asInt()).isEqualTo(120);
        assertThat(result.get("repeats").asInt()).isEqualTo(114);
        assertThat(tools(result, "safeSuggested")).containsExactly("get_user");
        JsonNode safe = result.get("safeSuggested").get(0);
        assertThat(safe.get("precision").asDouble()).isEqualTo(1);
        assertThat(safe.get("pairs").asInt()).isBetween(30, 60);
        assertThat(safe.get("low").asDouble()).isBetween(0.85, 0.99);
        assertThat(result.get("refused").get(0).get("reason").asText()).contains("changes something (book)");
    }

    @Test
    void aReadThatAWriteInBetweenChangesIsSafeWithACacheThatTheWriteEmpties() throws IOException {
        for (int run = 0; run < 60; run++) {
            conversation(
                    "get_order",
                    "o",
                    "open",
                    "get_order",
                    "o",
                    "open",
                    "cancel_order",
                    "o",
                    "done",
                    "get_order",
                    "o",
                    "cancelled",
                    "get_order",
                    "o",
                    "cancelled");
        }

        JsonNode result = evaluate();

        assertThat(tools(result, "safeSuggested")).containsExactly("get_order");
        assertThat(result.get("safeSuggested").get(0).get("precision").asDouble())
                .isEqualTo(1);
    }

    @Test
    void readsThatDifferAreRefused() throws IOException {
        for (int run = 0; run < 60; run++) {
            conversation("get_time", "now", "at " + run, "get_time", "now", "after " + run);
        }

        JsonNode result = evaluate();

        assertThat(tools(result, "safeSuggested")).isEmpty();
        assertThat(result.get("refused").get(0).get("reason").asText()).contains("0 of ");
    }

    @Test
    void anAnswerThatChangesAfterTheDecisionCountsAgainstIt() throws IOException {
        for (int run = 0; run < 100; run++) {
            conversation("get_price", "p", run < 50 ? "old" : "new");
        }

        JsonNode result = evaluate();

        assertThat(tools(result, "safeSuggested")).containsExactly("get_price");
        assertThat(result.get("safeSuggested").get(0).get("precision").asDouble())
                .isBetween(0.5, 0.98);
    }
}
