package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtractKeywordsTest {
    @Test
    void prefersWordsThatAreFrequentInOneFileAndRareElsewhere() {
        Map<String, Object> words = Map.of(
                "A.java", Map.of("return", 9, "index", 4, "line", 1),
                "B.java", Map.of("return", 9, "line", 1, "graph", 2));

        assertThat(new ExtractKeywords()
                        .run(TestContext.of(Map.of("words", words)).with("limit", 2)))
                .isEqualTo(Map.of("keywords", List.of("index", "graph")));
    }
}
