package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.examples.reporeview.source.SourceFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindNearDuplicatesTest {
    private static final String PASSAGE = """
            for (Edge edge : workflow.outgoing(id)) {
                if (edge.limit() == null) {
                    open.add(edge.target());
                    seen.put(edge.target(), edge);
                }
            }
            Collections.sort(open, byName);
            return report(open, seen, limit);
            """;

    private final FindNearDuplicates runner = new FindNearDuplicates();

    @Test
    void findsFilesThatShareAPassage() {
        TestContext context = TestContext.files(
                new SourceFile("A.java", "class A { // first\n" + PASSAGE),
                new SourceFile("B.java", PASSAGE.replace("byName", "byAge")),
                new SourceFile("C.java", "int unlike = 0;\n".repeat(12)));

        assertThat(runner.run(context.with("passageLines", 6).with("stepLines", 1)))
                .isEqualTo(Map.of(
                        "near_duplicates",
                        Map.of(
                                "pairs",
                                1,
                                "top",
                                List.of(Map.of("first", "A.java", "second", "B.java", "passages", 1)))));
    }

    @Test
    void doesNotCompareAFileWithItself() {
        assertThat(runner.run(TestContext.file(PASSAGE + PASSAGE).with("passageLines", 6)))
                .isEqualTo(Map.of("near_duplicates", Map.of("pairs", 0, "top", List.of())));
    }
}
