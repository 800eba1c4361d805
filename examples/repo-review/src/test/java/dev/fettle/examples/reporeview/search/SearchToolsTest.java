package dev.fettle.examples.reporeview.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.execute.StandaloneToolContext;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.workflow.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchToolsTest {
    private static final List<String> VOCABULARY =
            List.of("read", "write", "file", "Path", "cacheEntry", "retry", "x", "{", "12", "HTTPClient", "back-off");

    private final LinearSearch linear = new LinearSearch();
    private final IndexedSearch indexed = new IndexedSearch();

    @TempDir
    Path folder = Path.of("");

    @Test
    void findsTheLinesThatHoldAWordAndOrdersThemByRelevance() throws IOException {
        Files.writeString(folder.resolve("A.java"), "cache the retry policy of the node\nnothing here\nretry, retry\n");
        Files.writeString(folder.resolve("B.java"), "retry\n");

        Object result = linear.call(context(Map.of("folder", ".", "query", "Retry", "limit", 2)));

        assertThat(result)
                .isEqualTo(Map.of(
                        "total",
                        3,
                        "hits",
                        List.of(
                                Map.of("path", "A.java", "line", 3, "text", "retry, retry"),
                                Map.of("path", "B.java", "line", 1, "text", "retry"))));
    }

    @Test
    void bothGiveTheSameHitsInTheSameOrder() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Path corpus = Files.createDirectory(folder.resolve("corpus" + seed));
            int files = random.nextInt(6);
            for (int file = 0; file < files; file++) {
                Files.writeString(corpus.resolve("F" + file + ".java"), text(random, 30, "\n"));
            }
            for (int query = 0; query < 12; query++) {
                Map<String, Object> arguments = Map.of(
                        "folder", corpus.getFileName().toString(),
                        "query", text(random, 4, " "),
                        "limit", random.nextInt(20));

                assertThat(indexed.call(context(arguments)))
                        .as("seed %d, %s", seed, arguments)
                        .isEqualTo(linear.call(context(arguments)));
            }
        }
    }

    @Test
    void theIndexFollowsTheFiles() throws IOException {
        Map<String, Object> arguments = Map.of("folder", ".", "query", "retry");
        Files.writeString(folder.resolve("A.java"), "retry one");
        Object before = indexed.call(context(arguments));
        Files.writeString(folder.resolve("A.java"), "other one");

        assertThat(indexed.call(context(arguments))).isNotEqualTo(before).isEqualTo(linear.call(context(arguments)));
    }

    @Test
    void bothRefuseACallWithoutAQuery() {
        assertThatThrownBy(() -> linear.call(context(Map.of("folder", "."))))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("query");
        assertThatThrownBy(() -> indexed.call(context(Map.of("folder", "."))))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("query");
    }

    private ToolContext context(Map<String, Object> arguments) {
        return StandaloneToolContext.of(ToolSpec.unknown("search"), folder, linear.defaultSettings())
                .with(arguments);
    }

    private static String text(SplittableRandom random, int pieces, String end) {
        StringJoiner text = new StringJoiner(" ");
        for (int piece = random.nextInt(pieces); piece >= 0; piece--) {
            text.add(VOCABULARY.get(random.nextInt(VOCABULARY.size())) + (random.nextInt(4) == 0 ? end : ""));
        }
        return text.toString();
    }
}
