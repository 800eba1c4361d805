package dev.fettle.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.execute.StandaloneToolContext;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.execute.WorkflowResolver;
import dev.fettle.api.workflow.ToolSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLoaderTest {
    @TempDir
    Path temp;

    @Test
    void aJarInAFolderIsAPluginWithItsConfiguredSettings() throws Exception {
        Path folder = jar("echo.jar", "echo", "");

        Plugins plugins = loader(Map.of("toolRunners", Map.of("echo", Map.of("times", 3))))
                .load(List.of(folder));

        InstalledPlugin echo = plugins.require(PluginKind.TOOL_RUNNER, "echo");
        assertThat(echo.origin()).endsWith("echo.jar");
        assertThat(echo.settings()).hasToString("Settings[times=3, prefix=>]");
        assertThat(((ToolRunner) echo.plugin()).call(context(echo.settings()))).isEqualTo("x");
    }

    @Test
    void aPluginSeesTheApiAndNothingOfTheCore() throws Exception {
        Path folder = jar("nosy.jar", "nosy", "Class.forName(\"dev.fettle.core.plugin.Plugins\");");

        Plugins plugins = loader(Map.of()).load(List.of(folder));

        ToolRunner nosy =
                (ToolRunner) plugins.require(PluginKind.TOOL_RUNNER, "nosy").plugin();
        assertThatThrownBy(() -> nosy.call(context(nosy.defaultSettings()))).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aPluginDoesNotSeeTheLibrariesOfTheCoreSoItMayBringItsOwn() throws Exception {
        Path folder = jar("nosy.jar", "nosy", "Class.forName(\"com.fasterxml.jackson.databind.ObjectMapper\");");

        Plugins plugins = loader(Map.of()).load(List.of(folder));

        ToolRunner nosy =
                (ToolRunner) plugins.require(PluginKind.TOOL_RUNNER, "nosy").plugin();
        assertThatThrownBy(() -> nosy.call(context(nosy.defaultSettings()))).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void eachJarHasAClassLoaderOfItsOwn() throws Exception {
        jar("one.jar", "echo", "");
        Path folder = jar("two.jar", "other", "");

        Plugins plugins = loader(Map.of()).load(List.of(folder));

        Class<?> one = plugins.require(PluginKind.TOOL_RUNNER, "echo").plugin().getClass();
        Class<?> two = plugins.require(PluginKind.TOOL_RUNNER, "other").plugin().getClass();
        assertThat(one).isNotEqualTo(two);
        assertThat(one.getName()).as("the same name in both jars").isEqualTo(two.getName());
        assertThat(one.getClassLoader()).isNotEqualTo(two.getClassLoader());
    }

    @Test
    void allProblemsAreReportedAtOnceWithTheNearestNames() throws Exception {
        Path folder = jar("one.jar", "echo", "");
        jar("two.jar", "echo", "");
        Files.writeString(folder.resolve("broken.jar"), "not a jar");

        assertThatThrownBy(() -> loader(Map.of(
                                "toolRunners",
                                Map.of("ecoh", Map.of("times", 1), "echo", Map.of("tmies", 1)),
                                "strategys",
                                Map.of("x", Map.of())))
                        .load(List.of(folder, temp.resolve("missing"))))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("broken.jar) cannot be read")
                .hasMessageContaining("two plugins among the toolRunners are called (echo)")
                .hasMessageContaining("(toolRunners.echo.tmies) is not known. Maybe (times)")
                .hasMessageContaining("(toolRunners.ecoh) are for no installed plugin. Maybe (echo)")
                .hasMessageContaining("the section (strategys) is not known. Maybe (strategies)")
                .hasMessageContaining("missing) does not exist");
    }

    @Test
    void aSettingOfTheWrongTypeIsAProblem() throws Exception {
        Path folder = jar("echo.jar", "echo", "");

        assertThatThrownBy(() -> loader(Map.of("toolRunners", Map.of("echo", Map.of("times", "often"))))
                        .load(List.of(folder)))
                .hasMessageContaining("(toolRunners.echo) are not usable")
                .hasMessageContaining("often");
    }

    @Test
    void aSettingThatTheRecordRefusesIsAProblemInItsWords() throws Exception {
        Path folder = jar("echo.jar", "echo", "");

        assertThatThrownBy(() -> loader(Map.of("toolRunners", Map.of("echo", Map.of("times", -1))))
                        .load(List.of(folder)))
                .hasMessageContaining("times is (-1); expected at least 0");
    }

    @Test
    void aMissingPluginIsNamedWithTheNearestOne() throws Exception {
        Plugins plugins = loader(Map.of()).load(List.of(jar("echo.jar", "echo", "")));

        assertThatThrownBy(() -> plugins.require(PluginKind.TOOL_RUNNER, "ehco"))
                .hasMessageContaining("there is no plugin (ehco) among the toolRunners. Maybe (echo)");
    }

    private ToolContext context(Record settings) {
        return StandaloneToolContext.of(ToolSpec.unknown("echo"), temp, settings)
                .with(Map.of("text", "x"));
    }

    private static PluginLoader loader(Map<String, Map<String, Map<String, Object>>> settings) {
        return new PluginLoader(PluginLoaderTest.class.getClassLoader(), settings, WorkflowResolver.NONE);
    }

    /** Compiles a tool runner and packs it into a jar; returns the folder of the jar. */
    private Path jar(String file, String name, String statement) throws IOException {
        Path sources = Files.createDirectories(temp.resolve(file + "-classes"));
        Path source = Files.writeString(sources.resolve("Echo.java"), """
                import dev.fettle.api.execute.ToolContext;
                import dev.fettle.api.execute.ToolRunner;

                public final class Echo implements ToolRunner {
                    public record Settings(int times, String prefix) {
                        public Settings {
                            if (times < 0) {
                                throw new IllegalArgumentException("times is (" + times + "); expected at least 0");
                            }
                        }
                    }

                    @Override
                    public String name() {
                        return "%s";
                    }

                    @Override
                    public Record defaultSettings() {
                        return new Settings(1, ">");
                    }

                    @Override
                    public Object call(ToolContext context) throws Exception {
                        %s
                        return context.arguments().get("text");
                    }
                }
                """.formatted(name, statement));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(status).isZero();
        Path folder = Files.createDirectories(temp.resolve("plugins"));
        try (OutputStream stream = Files.newOutputStream(folder.resolve(file));
                JarOutputStream jar = new JarOutputStream(stream);
                Stream<Path> classes = Files.list(sources)) {
            classes.filter(path -> path.toString().endsWith(".class")).forEach(path -> add(jar, path));
            jar.putNextEntry(new JarEntry("META-INF/services/" + ToolRunner.class.getName()));
            jar.write("Echo\n".getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        return folder;
    }

    private static void add(JarOutputStream jar, Path path) {
        try {
            jar.putNextEntry(new JarEntry(String.valueOf(path.getFileName())));
            Files.copy(path, jar);
            jar.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
