package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchNodesTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void writeCode() throws IOException {
        Files.writeString(folder.resolve("A.java"), "retry(policy);\nretry();\nbackoff();\n");
    }

    @Test
    void searchCodeLooksUpEachWordAndAllTogether() throws Exception {
        TestContext context = context("retry backoff");

        Object hits = new SearchCode().run(context).get("hits");

        assertThat(String.valueOf(hits)).contains("by_word={backoff={hits=[", "together={hits=[", "total=3");
        assertThat(context.calls())
                .extracting(arguments -> arguments.get("query"))
                .containsExactly("retry", "backoff", "retry backoff");
    }

    @Test
    void compareTermsCountsTheLinesOfEveryTwoWords() throws Exception {
        assertThat(new CompareTerms().run(context("retry backoff policy")))
                .isEqualTo(Map.of(
                        "usage",
                        Map.of(
                                "retry > backoff", List.of(2, 1),
                                "retry > policy", List.of(2, 1),
                                "backoff = policy", List.of(1, 1))));
    }

    @Test
    void compareTermsAsksTheSameAgain() throws Exception {
        TestContext context = context("retry backoff policy");
        new CompareTerms().run(context);

        assertThat(context.calls()).hasSize(6);
        assertThat(context.calls().stream().distinct()).hasSize(3);
    }

    private TestContext context(String query) {
        return TestContext.of(Map.of("folder", ".", "query", query)).in(folder);
    }
}
