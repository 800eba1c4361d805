package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FindSecretsTest {
    private final FindSecrets runner = new FindSecrets();

    @Test
    void findsSecretsAndDoesNotRepeatThem() {
        String text = """
                String dbPassword = "correct horse";
                String key = AKIAABCDEFGHIJKLMNOP;
                -----BEGIN RSA PRIVATE KEY-----
                url = postgres://user:hidden@host/db
                String random = "q8ZtV1xK0bRw7LmPs4Yd9HcJ";
                """;

        assertThat(runner.run(TestContext.file(text)).toString())
                .contains("{access-key=1, address=1, assigned=1, high-entropy=1, private-key=1}")
                .doesNotContain("horse", "hidden", "AKIA");
    }

    @Test
    void leavesOrdinaryTextsAlone() {
        assertThat(runner.run(TestContext.file("String a = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"; // token count"))
                        .toString())
                .contains("total=0");
    }

    @Test
    void measuresEntropyInBitsACharacter() {
        assertThat(FindSecrets.entropy("aaaa")).isZero();
        assertThat(FindSecrets.entropy("abcdabcd")).isCloseTo(2, within(1e-9));
    }
}
