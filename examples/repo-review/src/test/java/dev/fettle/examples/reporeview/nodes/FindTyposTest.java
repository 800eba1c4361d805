package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindTyposTest {
    @Test
    void findsARareWordOneLetterFromAFrequentOne() {
        Map<String, Object> terms = Map.of(
                "A.java", Map.of("workflow", 6, "worflow", 1, "workflows", 1, "value", 9),
                "B.java", Map.of("workflow", 5, "valves", 1, "vile", 1));

        assertThat(new FindTypos().run(TestContext.of(Map.of("terms", terms))))
                .isEqualTo(Map.of("typos", Map.of("total", 1, "first", List.of("worflow -> workflow"))));
    }
}
