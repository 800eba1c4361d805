package dev.fettle.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Folders whose jars are plugins without being named: {@code plugins} beside the command and in a project. */
final class PluginFolders {
    /** The system property with the folder beside the command, which the start script sets. */
    static final String PROPERTY = "fettle.plugins";

    private PluginFolders() {}

    /** The folder of the installation; empty where it is not there. */
    static List<Path> installed() {
        String folder = System.getProperty(PROPERTY, "");
        return folder.isEmpty() ? List.of() : existing(SourceOptions.path(folder));
    }

    /** The folder of a project; empty where it is not there. */
    static List<Path> in(Path project) {
        return existing(project.resolve("plugins"));
    }

    private static List<Path> existing(Path folder) {
        return Files.isDirectory(folder) ? List.of(folder) : List.of();
    }

    /** Each folder once, however it is written: the same plugin twice would be refused. */
    static List<Path> distinct(List<Path> folders) {
        Map<Path, Path> byPlace = new LinkedHashMap<>();
        folders.forEach(folder -> byPlace.putIfAbsent(folder.toAbsolutePath().normalize(), folder));
        return new ArrayList<>(byPlace.values());
    }
}
