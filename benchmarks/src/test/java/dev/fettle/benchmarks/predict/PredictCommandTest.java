package dev.fettle.benchmarks.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.benchmarks.Benchmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
    private static final String COUNT =
            "command: [sh, -c, 'cat > /dev/null; i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done; echo \"{\\\"KEY\\\": $i}\"']";

    private static String node(String id, String key) {
        return "  - {id: " + id + ", kind: command, " + COUNT.replace("KEY", key)
                + ", environment: [PATH], reads: [text], writes: [" + key + "], effects: none}\n";
    }

    @Test
    void comparesWhatARemovalIsPredictedToBringWithWhatItBrings(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("workflow.yaml"),
                "version: 1\nid: counting\ninputs: [text]\noutputs: [first]\nnodes:\n" + node("one", "first")
                        + node("unread", "second"));
        Files.writeString(folder.resolve("inputs.jsonl"), "{\"text\": \"a\"}\n");
        Files.writeString(
                folder.resolve("fettle.yaml"),
                "profiling: {runs: 5, warmUp: 1}\nvalidation: {pairs: 5}\nsearch: {maxEvaluations: 100}\n");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = Benchmarks.run(
                new PrintWriter(out), new PrintWriter(err), "predict", folder.toString(), "--format", "json");

        assertThat(err.toString().lines()).isNotEmpty().allMatch(line -> line.startsWith("running "));
        assertThat(code).isZero();
        JsonNode changes = new ObjectMapper().readTree(out.toString()).get("changes");
        assertThat(changes).isNotEmpty();
        for (JsonNode change : changes) {
            assertThat(change.get("predicted").asDouble())
                    .isBetween(change.get("low").asDouble(), change.get("high").asDouble());
            assertThat(change.get("ratioOfMeans").asDouble()).isPositive();
            assertThat(change.get("replayed").asDouble()).isPositive();
            assertThat(change.get("pairs").asInt()).isPositive();
        }
        assertThat(changes.findValuesAsText("change"))
                .anySatisfy(id -> assertThat(id).contains("unread"));
    }
}
