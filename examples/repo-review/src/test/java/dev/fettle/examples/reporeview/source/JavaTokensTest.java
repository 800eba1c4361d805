package dev.fettle.examples.reporeview.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.examples.reporeview.source.JavaTokens.Kind;
import dev.fettle.examples.reporeview.source.JavaTokens.Token;
import org.junit.jupiter.api.Test;

class JavaTokensTest {
    @Test
    void splitsNamesNumbersTextsAndSymbols() {
        assertThat(JavaTokens.of("if (a1 >= 0x1F && b) return \"x{\";"))
                .extracting(Token::text)
                .containsExactly("if", "(", "a1", ">=", "0x1F", "&&", "b", ")", "return", "\"x{\"", ";");
    }

    @Test
    void leavesOutCommentsAndCountsTheirLines() {
        assertThat(JavaTokens.of("/* one {\n two */ a // b\nc")).containsExactly(token("a", 2), token("c", 3));
    }

    @Test
    void takesTextsWithEscapesAsOne() {
        String block = "\"".repeat(3);

        assertThat(JavaTokens.of("'\\'' \"a\\\"b\" " + block + "\n x \"y\" \\" + block + " " + block))
                .hasSize(3)
                .allMatch(token -> token.kind() == Kind.TEXT);
    }

    @Test
    void survivesLongTextsAndComments() {
        String block = "\"".repeat(3);
        String lines = "many words\n".repeat(20_000);

        assertThat(JavaTokens.of(block + lines + block + "/*" + lines + "*/ end"))
                .hasSize(2);
    }

    @Test
    void survivesATextWithoutAnEnd() {
        assertThat(JavaTokens.of("a \"b\nc")).extracting(Token::text).containsExactly("a", "\"", "b", "c");
    }

    private static Token token(String name, int line) {
        return new Token(Kind.NAME, name, line);
    }
}
