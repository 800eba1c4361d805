package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fettle.core.plugin.PluginKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsCommandTest {
    @TempDir
    Path temp;

    @Test
    void everyPluginOnTheClassPathIsListedWithAllThatIsPromised() throws Exception {
        Set<String> expected = new TreeSet<>();
        for (PluginKind kind : PluginKind.values()) {
            ServiceLoader.load(kind.type())
                    .forEach(plugin ->
                            expected.add(kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + plugin.name()));
        }

        JsonNode plugins =
                CommandLineRun.of("plugins", "--format", "json").json().path("plugins");

        Set<String> listed = new TreeSet<>();
        for (JsonNode plugin : plugins) {
            listed.add(plugin.path("kind").asText() + " " + plugin.path("name").asText());
            assertThat(plugin.path("origin").asText()).isEqualTo("built in");
            assertThat(plugin.path("version").isTextual()).isTrue();
            assertThat(plugin.path("settings").isObject()).isTrue();
        }
        assertThat(listed).isEqualTo(expected).hasSizeGreaterThan(50);
    }

    @Test
    void settingsAreShownAsConfigured() throws Exception {
        Path config = Files.writeString(temp.resolve("fettle.yaml"), "strategies: {tune-timeout: {margin: 0.5}}\n");

        CommandLineRun run = CommandLineRun.of("plugins", "--config", config.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("\ndetectors\n").containsPattern("tune-timeout +built in.*margin: 0.5");
    }

    @Test
    void everythingThatIsWrongWithPluginsIsToldAtOnce() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("jars"));
        Files.writeString(folder.resolve("broken.jar"), "not a jar");
        Path config = Files.writeString(
                temp.resolve("fettle.yaml"), "plugins: [jars, missing]\nstrategies: {tune-timeot: {margin: 0.5}}\n");

        CommandLineRun run = CommandLineRun.of("plugins", "--config", config.toString());

        assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err())
                .contains("broken.jar) cannot be read")
                .contains("missing) does not exist")
                .contains("(strategies.tune-timeot) are for no installed plugin. Maybe (tune-timeout)")
                .doesNotContain("\tat ");
    }
}
