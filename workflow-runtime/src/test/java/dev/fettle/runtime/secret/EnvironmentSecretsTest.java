package dev.fettle.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.content.RedactionSettings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentSecretsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "DB_PASS", "hunter2",
            "ENCRYPTION_KEY", "s3cr3t",
            "DOOR", "4711",
            "KEY_PORT", "8080",
            "DB_PASSWORD", "cat",
            "HOME", "/home/somebody");

    private final Secrets secrets =
            new Secrets(RedactionSettings.DEFAULT, variable -> Optional.ofNullable(ENVIRONMENT.get(variable)));

    @Test
    void whatIsAskedForAsASecretIsOneHoweverShortItIs() {
        for (String variable : ENVIRONMENT.keySet()) {
            String value = secrets.environment(variable).orElseThrow();

            assertThat(secrets.text("it is " + value)).isEqualTo("it is [redacted]");
        }
        assertThat(secrets.environment("NOT_SET")).isEmpty();
    }

    /** {@code KEY_PORT} is named like a secret, but as short as many a number. */
    @Test
    void whatAProcessIsPassedIsASecretWhereItsNameSaysSoAndItIsNotShort() {
        assertThat(secrets.passed(ENVIRONMENT.keySet())).isEqualTo(ENVIRONMENT);

        for (String variable : ENVIRONMENT.keySet()) {
            boolean harmless = variable.equals("DOOR") || variable.equals("KEY_PORT") || variable.equals("HOME");
            String text = "it is " + ENVIRONMENT.get(variable);
            assertThat(secrets.text(text)).as(variable).isEqualTo(harmless ? text : "it is [redacted]");
        }
    }
}
