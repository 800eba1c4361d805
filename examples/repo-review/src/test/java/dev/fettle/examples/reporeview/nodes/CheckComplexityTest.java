package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckComplexityTest {
    private static final String METHOD = "class A {\n void a() { if (b) { while (c) { d(); } } }\n}\n";

    private final CheckComplexity runner = new CheckComplexity();

    @Test
    void reportsMethodsAboveTheLimits() {
        TestContext strict = TestContext.file(METHOD)
                .with("maxPaths", 2)
                .with("maxNesting", 1)
                .with("maxTokens", 5);

        assertThat(runner.run(strict).toString())
                .contains("{length=1, nesting=1, paths=1}", "A.java:2", "a has 3, at most 2 wanted");
    }

    @Test
    void isContentWithMethodsAtTheLimits() {
        TestContext exact = TestContext.file(METHOD).with("maxPaths", 3).with("maxNesting", 2);

        assertThat(runner.run(exact).toString()).contains("total=0");
    }
}
