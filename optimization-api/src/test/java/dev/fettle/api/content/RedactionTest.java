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

    /** Each as it is, in JSON, in JSON of ASCII characters, and in a URL in two ways. */
    private static String[][] secrets() {
        return new String[][] {
            {
                "pa\"ss\\w\u00F6rd 4711",
                "pa\\\"ss\\\\w\u00F6rd 4711",
                "pa\\\"ss\\\\w\\u00f6rd 4711",
                "pa%22ss%5Cw%C3%B6rd%204711",
                "pa%22ss%5cw%c3%b6rd+4711"
            },
            {"\\\\two\\", "\\\\\\\\two\\\\", "\\\\\\\\two\\\\", "%5C%5Ctwo%5C", "%5c%5ctwo%5c"},
            {"\"quoted\"", "\\\"quoted\\\"", "\\\"quoted\\\"", "%22quoted%22", "%22quoted%22"},
            {"a/b+c=&d%e", "a/b+c=&d%e", "a/b+c=&d%e", "a%2Fb%2Bc%3D%26d%25e", "a%2fb%2bc%3d%26d%25e"},
            {
                "line\nline\ttab\1",
                "line\\nline\\ttab\\u0001",
                "line\\nline\\ttab\\u0001",
                "line%0Aline%09tab%01",
                "line%0aline%09tab%01"
            },
            {
                "\\\n\u00F6\\\u00E4",
                "\\\\\\n\u00F6\\\\\u00E4",
                "\\\\\\n\\u00f6\\\\\\u00e4",
                "%5C%0A%C3%B6%5C%C3%A4",
                "%5c%0a%c3%b6%5c%c3%a4"
            },
            {
                "smile \uD83D\uDE00 key",
                "smile \uD83D\uDE00 key",
                "smile \\ud83d\\ude00 key",
                "smile%20%F0%9F%98%80%20key",
                "smile+%f0%9f%98%80+key"
            },
            {"%25x", "%25x", "%25x", "%2525x", "%2525x"},
            {"x", "x", "x", "x", "x"}
        };
    }

    @Test
    void aKnownSecretIsTakenOutHoweverItIsWritten() {
        for (String[] secret : secrets()) {
            Redaction knowing = Redaction.DEFAULT.withSecrets(List.of(secret[0]));
            for (String written : secret) {
                assertThat(knowing.text("is \"" + written + "\".")).isEqualTo("is \"[redacted]\".");
            }
        }
    }

    @Test
    void aKnownSecretIsTakenOutOfJsonWithinJson() {
        Redaction knowing = Redaction.DEFAULT.withSecrets(List.of("pa\"ss\\w\u00F6rd 4711"));

        for (String written : List.of("pa\\\\\\\"ss\\\\\\\\w\\\\u00f6rd 4711", "pa\\\\\\\"ss\\\\\\\\w\u00F6rd 4711")) {
            assertThat(knowing.text("{\"arguments\": \"{\\\"a\\\": \\\"" + written + "\\\"}\"}"))
                    .isEqualTo("{\"arguments\": \"{\\\"a\\\": \\\"[redacted]\\\"}\"}");
        }
    }

    @Test
    void whatOnlyLooksLikeAKnownSecretStays() {
        Redaction knowing = Redaction.DEFAULT.withSecrets(List.of("a b", "c\\\\d", "net\n"));

        for (String other : List.of("ab", "a%2b", "c\\d", "c/d", "netn", "a\\", "a%", "c\\u005", "")) {
            assertThat(knowing.text(other)).isEqualTo(other);
        }
    }
}
