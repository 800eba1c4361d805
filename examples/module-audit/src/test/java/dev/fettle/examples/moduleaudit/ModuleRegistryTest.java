package dev.fettle.examples.moduleaudit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleRegistryTest {
    private static String get(String path) throws IOException {
        try (InputStream answer =
                URI.create(ModuleRegistry.address() + path).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theScanAndTheIndexGiveTheSameAnswers() throws IOException {
        for (String name : List.of("java.util", "java.sql", "java.util.logging", "java", "org.nowhere", "")) {
            assertThat(get("/scan/" + name)).as(name).isEqualTo(get("/modules/" + name));
        }
        assertThat(get("/scan/java.sql")).isEqualTo("{\"module\": \"java.sql\"}");
        assertThat(get("/scan/org.nowhere")).contains("not in the platform");
    }
}
