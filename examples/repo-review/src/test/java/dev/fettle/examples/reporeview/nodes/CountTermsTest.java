package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CountTermsTest {
    @Test
    void writesTheCountsUnderTheKeyThatTheNodeDeclares() {
        assertThat(new CountTerms().run(TestContext.file("readFile(file);")))
                .isEqualTo(Map.of("result", Map.of("A.java", Map.of("read", 1, "file", 2))));
    }
}
