package dev.fettle.core.read;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiConsumer;

/** Finds the files to read: those named, and all files in the folders named, in the order of their paths. */
final class TraceFiles {
    private final BiConsumer<String, String> reject;
    private final List<Path> files = new ArrayList<>();
    private long totalBytes;

    /** @param reject takes the source and the reason */
    TraceFiles(BiConsumer<String, String> reject) {
        this.reject = reject;
    }

    void add(Path path) {
        if (!Files.exists(path)) {
            reject.accept(path.toString(), "there is no such file or folder");
        } else if (Files.isDirectory(path)) {
            folder(path);
        } else {
            files.add(path);
            totalBytes += size(path);
        }
    }

    private static long size(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.size(path) : 0;
        } catch (IOException unknown) {
            return 0;
        }
    }

    private void folder(Path folder) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor(folder, found));
        } catch (IOException failure) {
            reject.accept(folder.toString(), "the folder cannot be read (" + reason(failure) + ")");
        }
        found.sort(Comparator.comparing(Path::toString));
        files.addAll(found);
        if (found.isEmpty()) {
            reject.accept(folder.toString(), "there are no files in the folder");
        }
    }

    /** The files found. */
    List<Path> files() {
        return files;
    }

    long totalBytes() {
        return totalBytes;
    }

    /** What went wrong, without the path that the messages of the JDK begin with. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path top;
        private final List<Path> found;

        Visitor(Path top, List<Path> found) {
            this.top = top;
            this.found = found;
        }

        private boolean hidden(Path path) {
            Path name = path.getFileName();
            return !path.equals(top) && name != null && name.toString().startsWith(".");
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return hidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (hidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isRegularFile()) {
                found.add(file);
                totalBytes += attributes.size();
            } else {
                reject.accept(file.toString(), "not a regular file; name it directly to read it");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            reject.accept(
                    file.toString(),
                    failure instanceof FileSystemLoopException
                            ? "a link to a folder above it; not followed"
                            : "cannot be read (" + reason(failure) + ")");
            return FileVisitResult.CONTINUE;
        }
    }
}
