package dev.fettle.runtime.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Which programs are installed. */
public final class Programs {
    private Programs() {}

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
