package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes the jar of a plugin from its source folder, as its own build would. */
final class PluginJar {
    private PluginJar() {}

    /**
     * Compiles {@code src/main/java} of a project and packs it with {@code src/main/resources}.
     *
     * @return the folder that holds the jar and nothing else
     */
    static Path folder(Path project, Path temp, String version) throws IOException {
        Path classes = Files.createDirectories(temp.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        files(project.resolve("src/main/java")).forEach(file -> arguments.add(file.toString()));
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).as("compiling " + project).isZero();

        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        Path folder = Files.createDirectories(temp.resolve("plugins"));
        Path jar = folder.resolve(project.getFileName() + "-" + version + ".jar");
        try (OutputStream stream = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(stream, manifest)) {
            add(out, classes);
            add(out, project.resolve("src/main/resources"));
        }
        return folder;
    }

    private static void add(JarOutputStream jar, Path root) throws IOException {
        for (Path file : files(root)) {
            jar.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
            Files.copy(file, jar);
            jar.closeEntry();
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
