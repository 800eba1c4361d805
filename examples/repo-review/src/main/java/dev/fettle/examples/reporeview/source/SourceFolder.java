package dev.fettle.examples.reporeview.source;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The source files in a folder: Java and Markdown, without hidden folders and build output. A folder that is larger than
 * the bounds is represented by a sample that depends only on the paths, so that a review takes a bounded time and two
 * reviews of one folder see the same files.
 */
public final class SourceFolder {
    static final int MAX_FILES = 150;
    static final long MAX_TOTAL_BYTES = 400_000;
    static final long MAX_FILE_BYTES = 50_000;
    static final int MAX_VISITED = 20_000;

    private SourceFolder() {}

    /**
     * Reads the folder.
     *
     * @return the files in the order of their paths
     * @throws FettleException where it is not a folder or holds too many files to look at
     */
    public static List<SourceFile> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the folder to review (" + folder
                            + ") is not there; expected a folder, relative to the workflow's");
        }
        List<SourceFile> files = new ArrayList<>();
        for (Candidate candidate : sample(candidates(folder))) {
            byte[] bytes = Files.readAllBytes(folder.resolve(candidate.path()));
            files.add(new SourceFile(candidate.path(), new String(bytes, StandardCharsets.UTF_8)));
        }
        files.sort(Comparator.comparing(SourceFile::path));
        return files;
    }

    private record Candidate(String path, long bytes) {
        /** Spreads neighbouring paths, so that a sample holds files of all folders. */
        int rank() {
            int hash = path.hashCode() * 0x9E3779B9;
            return hash ^ hash >>> 15;
        }
    }

    private static List<Candidate> sample(List<Candidate> candidates) {
        candidates.sort(Comparator.comparingInt(Candidate::rank).thenComparing(Candidate::path));
        List<Candidate> sample = new ArrayList<>();
        long total = 0;
        for (Candidate candidate : candidates) {
            if (sample.size() < MAX_FILES && total + candidate.bytes() <= MAX_TOTAL_BYTES) {
                sample.add(candidate);
                total += candidate.bytes();
            }
        }
        return sample;
    }

    private static List<Candidate> candidates(Path folder) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            private int visited;

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean skipped = name.equals("target") || name.startsWith(".");
                return skipped && !directory.equals(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (++visited > MAX_VISITED) {
                    throw new FettleException(
                            ErrorCode.LIMIT,
                            "the folder (" + folder + ") holds more than " + MAX_VISITED
                                    + " files; review a folder inside it");
                }
                String path = folder.relativize(file).toString().replace('\\', '/');
                boolean source = path.endsWith(".java") || path.endsWith(".md");
                if (source && attributes.isRegularFile() && attributes.size() <= MAX_FILE_BYTES) {
                    candidates.add(new Candidate(path, attributes.size()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return candidates;
    }
}
