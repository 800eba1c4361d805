package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.examples.reporeview.source.SourceFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckStyleTest {
    private final CheckStyle runner = new CheckStyle();

    @Test
    void reportsTheRuleAndThePlace() {
        assertThat(runner.run(TestContext.file("class A {\n    int a = 1; \n}\n")))
                .isEqualTo(Map.of(
                        "style",
                        Map.of(
                                "total", 1,
                                "counts", Map.of("trailing-space", 1),
                                "first",
                                        List.of(Map.of(
                                                "rule", "trailing-space", "at", "A.java:2", "detail", "int a = 1;")))));
    }

    @Test
    void findsEachKindOfSlip() {
        String text = """
                import java.util.*;
                \tint tab;
                if(a) b(1,c);
                try { } catch (Exception e) { }
                System.out.println(name == "x");
                e.printStackTrace();
                long wait = 86400 * 12l;;
                List rows = new ArrayList();
                """;

        assertThat(runner.run(TestContext.file(text)).toString())
                .contains(
                        "star-import=1", "tab=1", "keyword-space=1", "comma-space=1", "empty-catch=1", "broad-catch=1")
                .contains("print=1", "string-compare=1", "stack-trace=1", "long-suffix=1", "double-semicolon=1")
                .contains("magic-number=1", "raw-type=1");
    }

    @Test
    void findsNothingInCleanCodeAndLeavesDocumentsAlone() {
        assertThat(runner.run(TestContext.files(
                        new SourceFile("A.java", "final class A {}\n"), new SourceFile("b.md", "if(a)  \n"))))
                .isEqualTo(Map.of("style", Map.of("total", 0, "counts", Map.of(), "first", List.of())));
    }

    @Test
    void showsOnlyTheFirstFindings() {
        assertThat(runner.run(TestContext.file("\tint a;\n".repeat(9)).with("shown", 2)))
                .extractingByKey("style")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("total", 9)
                .satisfies(report -> assertThat((List<?>) report.get("first")).hasSize(2));
    }
}
