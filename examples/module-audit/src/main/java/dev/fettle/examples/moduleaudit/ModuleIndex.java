package dev.fettle.examples.moduleaudit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** From each package of the Java platform to its module. */
final class ModuleIndex {
    private ModuleIndex() {}

    /** @param packages the folder of packages in the platform's file system */
    static Map<String, String> read(Path packages) throws IOException {
        Map<String, String> modules = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(packages)) {
            for (Path entry : entries) {
                String module = module(entry);
                if (!module.isEmpty()) {
                    modules.put(entry.getFileName().toString(), module);
                }
            }
        }
        return modules;
    }

    /** The module that holds classes of the package; empty where only packages below it do. */
    static String module(Path entry) throws IOException {
        String found = "";
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(entry)) {
            for (Path module : modules) {
                Path inside = module.resolve(entry.getFileName().toString().replace('.', '/'));
                String name = module.getFileName().toString();
                if (Files.isDirectory(inside) && holdsClasses(inside) && (found.isEmpty() || name.compareTo(found) < 0)) {
                    found = name;
                }
            }
        }
        return found;
    }

    private static boolean holdsClasses(Path folder) throws IOException {
        try (DirectoryStream<Path> classes = Files.newDirectoryStream(folder, "*.class")) {
            return classes.iterator().hasNext();
        }
    }
}
