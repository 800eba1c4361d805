package dev.fettle.api.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final Redaction RULES = Redaction.DEFAULT;

    @Test
    void keysAndHeadersThatNameASecretLoseTheirTexts() {
        for (String key : List.of(
                "Authorization",
                "proxy-authorization",
                "apiKey",
                "API_KEY",
                "x-api-key",
                "apikey",
                "token",
                "accessToken",
                "X-Auth-Token",
                "password",
                "dbPassword",
                "client_secret",
                "secret",
                "Set-Cookie",
                "private key")) {
            assertThat(RULES.value(Map.of(key, "open sesame"))).as(key).isEqualTo(Map.of(key, Redaction.MARK));
        }
    }

    @Test
    void allTextsBelowASecretKeyAreSecret() {
        assertThat(RULES.value(Map.of(
                        "cookies", List.of("sid=12", "theme=dark"),
                        "password", Map.of("value", "hunter22", "length", 8),
                        "PGPASSWORD", List.of(List.of("deep")))))
                .isEqualTo(Map.of(
                        "cookies", List.of(Redaction.MARK, Redaction.MARK),
                        "password", Map.of("value", Redaction.MARK, "length", 8),
                        "PGPASSWORD", List.of(List.of(Redaction.MARK))));
        assertThat(RULES.finds(Map.of("cookies", List.of("sid=12")))).isTrue();
    }

    @Test
    void otherKeysAndNumbersStay() {
        Map<String, Object> harmless = Map.of(
                "maxTokens", 50,
                "tokens", "three",
                "tokenCount", "3",
                "keyboard", "qwertz",
                "key", "of a map",
                "author", "somebody",
                "password", 3,
                "deep", List.of(Map.of("name", "x")));

        assertThat(RULES.value(harmless)).isEqualTo(harmless);
        assertThat(RULES.finds(harmless)).isFalse();
    }

    @Test
    void credentialsInTextsAreTakenOutAndTheRestStays() {
        for (String secret : List.of(
                "sk-abcdefghijklmnopqrstuvwx",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
                "AKIAABCDEFGHIJKLMNOP",
                "xoxb-123456789012-abcdef",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc_DEF-123")) {
            assertThat(RULES.text("before " + secret + " after")).isEqualTo("before [redacted] after");
        }
        assertThat(RULES.text("Authorization: Bearer abcdefgh12")).doesNotContain("abcdefgh12");
        assertThat(RULES.text("GET /x?token=abcd1234&page=2")).isEqualTo("GET /x?token=[redacted]&page=2");
        assertThat(RULES.text("{\"password\": \"hunter22\"}")).isEqualTo("{\"password\": \"[redacted]\"}");
        assertThat(RULES.text("https://me:hunter22@host/x")).isEqualTo("https://[redacted]@host/x");
        assertThat(RULES.text("the token budget of 3 is spent; skip the basic checks"))
                .isEqualTo("the token budget of 3 is spent; skip the basic checks");
    }

    @Test
    void additionsAndKnownSecretsAreTakenOutToo() {
        Redaction more =
                RULES.with(List.of("Badge-Number"), List.of("NR-[0-9]+")).withSecrets(List.of("tulip", "tulips"));

        assertThat(more.value(Map.of("badgeNumber", "7", "text", "NR-12 likes tulips")))
                .isEqualTo(Map.of("badgeNumber", "[redacted]", "text", "[redacted] likes [redacted]"));
    }
}
