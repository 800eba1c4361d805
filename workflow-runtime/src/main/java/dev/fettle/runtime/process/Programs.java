package dev.fettle.runtime.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where programs are, and which are installed. */
public final class Programs {
    private Programs() {}

    /** A program with a folder in its name is looked for in the directory, any other where the system looks. */
    public static List<String> resolve(List<String> command, Path directory) {
        List<String> words = new ArrayList<>(command);
        String program = words.get(0);
        if (program.contains("/") || program.contains(File.separator)) {
            words.set(0, directory.resolve(program).toAbsolutePath().toString());
        }
        return words;
    }

    /** Whether a program without a folder in its name is where the system looks; true where that is not known. */
    public static boolean isInstalled(String program) {
        String path = System.getenv("PATH");
        boolean windows = File.separatorChar == '\\';
        if (path == null || windows || program.contains("/")) {
            return true;
        }
        for (String folder : path.split(File.pathSeparator, -1)) {
            try {
                Path file = Path.of(folder.isEmpty() ? "." : folder, program);
                if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                    return true;
                }
            } catch (InvalidPathException e) {
                return true;
            }
        }
        return false;
    }
}
