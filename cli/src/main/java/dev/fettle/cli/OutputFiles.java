package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes result files so that each is either complete or not there. */
final class OutputFiles {
    private OutputFiles() {}

    /** The folder for the results of a workflow. */
    static Path folder(@Nullable String option, String workflow) {
        if (option != null) {
            return SourceOptions.path(option);
        }
        String safe = workflow.replaceAll("[^\\p{L}\\p{N}_.-]+", "-").replaceAll("^\\.+", "");
        String name = safe.isEmpty() ? "workflow" : safe;
        return Path.of(".fettle", name.substring(0, Math.min(80, name.length())));
    }

    /** Fails where the folder could not be written to, before long work is done in vain. */
    static void requireWritable(Path folder) {
        write(folder, Map.of(".writable", ""));
        try {
            Files.deleteIfExists(folder.resolve(".writable"));
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static FettleException unwritable(Path folder, IOException e) {
        return new FettleException(
                ErrorCode.BAD_INPUT,
                folder + ": cannot be written (" + e.getMessage() + "); give another folder with --output",
                e);
    }

    /**
     * Writes all files, each by way of a temporary one beside it.
     *
     * @param contents by file name
     * @return the files written, by name
     */
    static Map<String, Path> write(Path folder, Map<String, String> contents) {
        Map<String, Path> written = new LinkedHashMap<>();
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> entry : contents.entrySet()) {
                Path target = folder.resolve(entry.getKey());
                AtomicFile.write(target, entry.getValue());
                written.put(entry.getKey(), target);
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        return written;
    }
}
