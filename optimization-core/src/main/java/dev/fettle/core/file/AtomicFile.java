package dev.fettle.core.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that appears when it is complete: written beside its target under a name that starts with a dot and holds the
 * process id and a number drawn for the process, flushed to the disk, then moved into place. What is not committed is
 * deleted when it is closed, and when the process is told to end; what a killed process left behind, when a file is next
 * written in the same folder. Which is which a lock tells, held as long as the file is written: so it does not matter in which
 * container the process runs, or ran. Where the file system knows no locks, what was not written for a day is left behind.
 */
public final class AtomicFile implements AutoCloseable {
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
    private static final Set<Runnable> BEFORE_THE_END = ConcurrentHashMap.newKeySet();
    private static final Duration ABANDONED = Duration.ofDays(1);
    private static volatile boolean ending;
    private static final AtomicLong COUNT = new AtomicLong();
    private static final String SUFFIX = ".fettle-tmp";

    /** Tells this process from an earlier one of the same id: in a container every process may be number 1. */
    private static final String PROCESS = Long.toHexString(UUID.randomUUID().getMostSignificantBits());

    private static final Pattern TEMPORARY =
            Pattern.compile("\\..*\\.\\d+-(?:([0-9a-f]+)-)?\\d+" + Pattern.quote(SUFFIX));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            BEFORE_THE_END.forEach(Runnable::run);
            ending = true;
            OPEN.forEach(AtomicFile::deleteQuietly);
        }));
    }

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final OutputStream stream;

    private AtomicFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
        stream = new FilterOutputStream(Channels.newOutputStream(channel)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** Begins to write what will replace a file; its folder is made where it is missing. */
    public static AtomicFile replacing(Path target) throws IOException {
        if (ending) {
            throw new IOException("the program is about to end");
        }
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        removeLeftovers(folder);
        while (true) {
            String name = "." + target.getFileName() + "."
                    + ProcessHandle.current().pid() + "-" + PROCESS + "-" + COUNT.incrementAndGet() + SUFFIX;
            Path temporary = folder.resolve(name);
            OPEN.add(temporary);
            FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock(channel);
            if (Files.exists(temporary)) {
                return new AtomicFile(target, temporary, channel);
            }
            // Before it was locked another process took it for one left behind.
            channel.close();
            OPEN.remove(temporary);
        }
    }

    /** Held until the channel is closed. */
    private static void lock(FileChannel channel) {
        try {
            channel.lock();
        } catch (IOException e) {
            // A file system without locks: the age of the file has to do.
        }
    }

    /** Lets nobody but the owner read the file, where the file system knows owners. Called before anything is written. */
    public AtomicFile forOwnerOnly() throws IOException {
        if (temporary.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
        }
        return this;
    }

    /**
     * What is to be done when the process is told to end, before what is not committed is deleted.
     *
     * @param action short, and never failing
     */
    public static void beforeTheEnd(Runnable action) {
        BEFORE_THE_END.add(action);
    }

    /** Takes back {@link #beforeTheEnd}. */
    public static void notBeforeTheEnd(Runnable action) {
        BEFORE_THE_END.remove(action);
    }

    /** Writes a text as a whole. */
    public static void write(Path target, String text) throws IOException {
        try (AtomicFile file = replacing(target)) {
            file.stream().write(text.getBytes(StandardCharsets.UTF_8));
            file.commit();
        }
    }

    /** Deletes what processes that are gone did not finish. */
    public static void removeLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + SUFFIX)) {
            for (Path file : files) {
                Matcher matcher = TEMPORARY.matcher(String.valueOf(file.getFileName()));
                // An own file is not even looked at: to close it a second time would release its lock.
                if (matcher.matches() && !PROCESS.equals(matcher.group(1))) {
                    deleteIfLeft(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void deleteIfLeft(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (isLeft(file, channel)) {
                // Still locked, so that a process that is about to write it finds it gone.
                Files.deleteIfExists(file);
            }
        } catch (FileSystemException e) {
            // Its process has ended it meanwhile, or it is another user's: it is not in the way.
        }
    }

    private static boolean isLeft(Path file, FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(ABANDONED));
        }
    }

    /** Closing it does not close the file. */
    public OutputStream stream() {
        return stream;
    }

    /** Puts the file into place. What is written to the stream has to be flushed before. */
    public void commit() throws IOException {
        channel.force(true);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * As {@link #commit}, where there is no such file: of several that do this at the same time, one succeeds.
     *
     * @throws FileAlreadyExistsException where there is one
     */
    public void commitNew() throws IOException {
        commitNewAs(target);
    }

    /**
     * As {@link #commitNew}, under another name in the same folder. Where there is such a file, a further name may be tried.
     *
     * @throws FileAlreadyExistsException where there is one
     */
    public void commitNewAs(Path other) throws IOException {
        channel.force(true);
        try {
            Files.createLink(other, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links: the name is taken first, and its empty file replaced.
            Files.createFile(other);
            Files.move(temporary, other, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
        OPEN.remove(temporary);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException | UncheckedIOException e) {
            // The process ends; the next one that writes the file deletes what is left.
        }
    }
}
