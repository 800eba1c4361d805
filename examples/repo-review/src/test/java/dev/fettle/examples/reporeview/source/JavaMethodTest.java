package dev.fettle.examples.reporeview.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaMethodTest {
    private static final String SOURCE = """
            record Point(int x, int y) {
                private static final Object LOCK = new Object() { };

                Point(int both) { this(both, both); }

                int length() throws ArithmeticException {
                    if (x > 0 && y > 0) {
                        for (int i = 0; i < x; i++) {
                            call(i, "} if");
                        }
                    }
                    return x == 0 ? y : x;
                }

                abstract void none();
            }
            """;

    @Test
    void findsMethodsAndConstructorsWithABody() {
        assertThat(JavaMethod.of(SOURCE)).extracting(JavaMethod::name).containsExactly("Point", "length");
    }

    @Test
    void countsPathsAndNesting() {
        List<JavaMethod> methods = JavaMethod.of(SOURCE);

        assertThat(methods).extracting(JavaMethod::cyclomaticComplexity).containsExactly(1, 5);
        assertThat(methods).extracting(JavaMethod::nesting).containsExactly(0, 2);
        assertThat(methods).extracting(JavaMethod::line).containsExactly(4, 6);
    }

    @Test
    void endsWithTheTextWhereABraceIsMissing() {
        assertThat(JavaMethod.of("void a() { if (b) {")).hasSize(1);
    }
}
