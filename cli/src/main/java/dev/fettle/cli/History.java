package dev.fettle.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.core.definition.YamlText;
import dev.fettle.core.file.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions of a definition under {@code .fettle/history} of its project: the original is version 1, and none is ever
 * changed.
 */
final class History {
    private static final Pattern VERSION = Pattern.compile("(\\d{4,})\\.[a-z]+");

    private final Path definition;
    private final Path folder;
    private final String extension;

    History(Path project, Path definition) {
        this.definition = definition;
        this.folder = project.resolve(".fettle").resolve("history");
        String name = String.valueOf(definition.getFileName());
        this.extension = name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * What was put into place.
     *
     * @param version of the definition that is in place
     * @param previous the version before
     * @param original the file that keeps the version before
     * @param patch from the one to the other
     */
    record Step(int version, int previous, Path original, Path patch) {}

    /** Keeps what is there as a version, and puts a new one into place. What is edited by hand is kept too. */
    Step replace(String text) {
        try (FileChannel lock = lock()) {
            FileLock unused = lock.lock();
            String current = YamlText.read(definition);
            int last = last();
            if (last == 0 || !YamlText.read(file(last, extension)).equals(current)) {
                last++;
                AtomicFile.write(file(last, extension), current);
            }
            int next = last + 1;
            Path patch = file(next, "patch");
            AtomicFile.write(patch, patch(current, text));
            AtomicFile.write(file(next, extension), text);
            AtomicFile.write(definition, text);
            return new Step(next, last, file(last, extension), patch);
        } catch (IOException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, definition + ": cannot be replaced (" + e.getMessage() + ")", e);
        }
    }

    /** Two that replace at the same time do so one after the other, so that no version is written over. */
    private FileChannel lock() throws IOException {
        Files.createDirectories(folder);
        return FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** How many versions are kept; 0 where nothing was ever replaced. */
    int versions() {
        try {
            return last();
        } catch (IOException e) {
            throw new FettleException(ErrorCode.BAD_INPUT, folder + ": cannot be listed (" + e.getMessage() + ")", e);
        }
    }

    /** The kept version in place; 0 where the definition was edited by hand since, or none is kept. */
    int inPlace() {
        int last = versions();
        return last > 0 && version(last).equals(YamlText.read(definition)) ? last : 0;
    }

    /**
     * The text of a kept version.
     *
     * @param index from 1, the original
     * @throws FettleException where there is none
     */
    String version(int index) {
        int last = versions();
        if (index < 1 || index > last) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    last == 0
                            ? folder + ": no version is kept, so there is nothing to go back to; the definition is the"
                                    + " original"
                            : "there is no version (" + index + "); expected 1, the original, to " + last);
        }
        return YamlText.read(file(index, extension));
    }

    /** The file of a kept version. */
    Path versionFile(int index) {
        version(index);
        return file(index, extension);
    }

    /** A unified diff from the definition in place; empty where nothing changes. */
    String patch(String text) {
        return patch(YamlText.read(definition), text);
    }

    String patch(String before, String after) {
        String name = String.valueOf(definition.getFileName());
        List<String> lines = before.lines().toList();
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + name,
                "b/" + name,
                lines,
                DiffUtils.diff(lines, after.lines().toList()),
                3);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }

    private Path file(int version, String extensionOfFile) {
        return folder.resolve(String.format(Locale.ROOT, "%04d.%s", version, extensionOfFile));
    }

    private int last() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int last = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*." + extension)) {
            for (Path file : files) {
                Matcher matcher = VERSION.matcher(String.valueOf(file.getFileName()));
                if (matcher.matches()) {
                    last = Math.max(last, Integer.parseInt(matcher.group(1)));
                }
            }
        }
        return last;
    }
}
