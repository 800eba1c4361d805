package dev.fettle.examples.moduleaudit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks through all packages of the Java platform until it comes to the one, as somebody would who does this once. */
final class ModuleScan {
    private static final Path PACKAGES =
            FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/packages");

    private ModuleScan() {}

    /** The module that holds classes of the package; empty where none does. */
    static String find(String name) throws IOException {
        String found = "";
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(PACKAGES)) {
            for (Path entry : packages) {
                if (entry.getFileName().toString().equals(name)) {
                    found = module(entry);
                }
            }
        }
        return found;
    }

    private static String module(Path entry) throws IOException {
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(entry)) {
            for (Path module : modules) {
                Path inside = module.resolve(entry.getFileName().toString().replace('.', '/'));
                if (Files.isDirectory(inside) && holdsClasses(inside)) {
                    return module.getFileName().toString();
                }
            }
        }
        return "";
    }

    private static boolean holdsClasses(Path folder) throws IOException {
        try (DirectoryStream<Path> classes = Files.newDirectoryStream(folder, "*.class")) {
            return classes.iterator().hasNext();
        }
    }
}
