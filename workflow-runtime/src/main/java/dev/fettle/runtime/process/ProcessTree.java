package dev.fettle.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends processes with everything that they started. Descendants that have lost their parent are found by a variable in
 * their environment, on systems with {@code /proc}; elsewhere only those are found whose ancestors still run.
 */
public final class ProcessTree {
    private static final Path PROC = Path.of("/proc");
    private static final int ROUNDS = 20;

    private ProcessTree() {}

    /** Kills the process and its descendants. */
    public static void kill(ProcessHandle root) {
        // The tree is taken before the root dies: afterwards its children belong to somebody else.
        List<ProcessHandle> tree = root.descendants().toList();
        root.destroyForcibly();
        for (ProcessHandle process : tree) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Kills all processes with this entry in their environment, as long as they multiply, and waits for their end. */
    static void killMarked(String entry) {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> marked = marked(entry);
            if (marked.isEmpty()) {
                return;
            }
            marked.forEach(ProcessHandle::destroyForcibly);
            marked.forEach(ProcessTree::await);
        }
    }

    /** Waits for the end of a killed process, for a second at most, whether or not the thread is interrupted. */
    public static void await(ProcessHandle process) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    process.onExit().get(1, TimeUnit.SECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException | TimeoutException e) {
                    return;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<ProcessHandle> marked(String entry) {
        List<ProcessHandle> found = new ArrayList<>();
        if (!Files.isDirectory(PROC)) {
            return found;
        }
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : directories) {
                if (hasEntry(directory, entry)) {
                    Optional<ProcessHandle> process = ProcessHandle.of(
                            Long.parseLong(directory.getFileName().toString()));
                    process.filter(ProcessHandle::isAlive).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    private static boolean hasEntry(Path directory, String entry) {
        try {
            String environment =
                    new String(Files.readAllBytes(directory.resolve("environ")), StandardCharsets.ISO_8859_1);
            return ("\0" + environment).contains("\0" + entry + "\0");
        } catch (IOException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
    }
}
