package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.ingest.TraceWriter;
import dev.fettle.core.file.AtomicFile;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.RunConsumer;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.record.RecordingWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files that runs are recorded in. They appear when all runs are done, so that none is ever half written. Where the runs
 * are broken off, by a limit or because the program is told to end, those that were finished are kept: they may have been paid
 * for. An older recording is not replaced by such a part, which then gets a name of its own.
 */
final class RunFiles implements RunConsumer, AutoCloseable {
    private static final String FORMAT = "native-json";
    private static final String RECORDING = ".recording.gz";

    private final @Nullable Path traceFile;
    private final Path recordingFile;
    private final TraceWriter writer;
    private final @Nullable AtomicFile traces;
    private final @Nullable OutputStream stream;
    private final RecordingWriter recording;
    private final Consumer<String> teller;
    private final Runnable whenTold;
    private int finished;
    private boolean closed;

    private RunFiles(
            WorkflowOptimizer optimizer,
            Project project,
            @Nullable Path traceFile,
            Path recordingFile,
            Consumer<String> teller)
            throws IOException {
        this.traceFile = traceFile;
        this.recordingFile = recordingFile;
        writer = (TraceWriter)
                optimizer.plugins().require(PluginKind.WRITER, FORMAT).plugin();
        recording = new RecordingWriter(
                recordingFile, project.workflow().id(), project.configuration().recording());
        traces = traceFile == null ? null : AtomicFile.replacing(traceFile);
        stream = traces == null ? null : new BufferedOutputStream(traces.stream());
        this.teller = teller;
        whenTold = this::keepAndTell;
        AtomicFile.beforeTheEnd(whenTold);
    }

    /**
     * A recording alone.
     *
     * @param teller told what is kept where the program is told to end
     */
    static RunFiles recording(WorkflowOptimizer optimizer, Project project, Path file, Consumer<String> teller) {
        try {
            return new RunFiles(optimizer, project, null, file, teller);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Traces, and a recording beside them; otherwise as {@link #recording}. */
    static RunFiles traces(WorkflowOptimizer optimizer, Project project, Path file, Consumer<String> teller) {
        try {
            return new RunFiles(optimizer, project, file, recordingBeside(file), teller);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** {@code traces.recording.gz} for {@code traces.jsonl}. */
    static Path recordingBeside(Path traces) {
        String name = String.valueOf(traces.getFileName());
        int dot = name.lastIndexOf('.');
        return traces.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + RECORDING);
    }

    @Override
    public synchronized void accept(RecordedRun recorded, ExecutionResult result) {
        if (closed || isEnding()) {
            return;
        }
        try {
            // A run that does not fit into the recording is in neither file.
            if (result.pause() == null) {
                recording.add(recorded);
            }
            if (stream != null) {
                writer.write(result.trace(), stream);
            }
            finished++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Once the program is told to end, its commands are ended too, and a run fails that would not have. */
    static boolean isEnding() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            return !Runtime.getRuntime().removeShutdownHook(probe);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Puts the files into place; where the program is told to end, what {@link #keep} says. */
    synchronized void commit() {
        if (isEnding()) {
            keepAndTell();
            return;
        }
        closed = true;
        try {
            recording.commit();
            if (stream != null && traces != null) {
                stream.flush();
                traces.commit();
            }
        } catch (IOException e) {
            throw unwritable(recordingFile, e);
        }
    }

    private synchronized void keepAndTell() {
        if (!closed) {
            teller.accept("stopped: " + keep());
        }
    }

    /** Puts the finished runs into place, and says how many they are. */
    private String keep() {
        if (closed || finished == 0) {
            closed = true;
            return "no run was finished, and nothing is kept";
        }
        closed = true;
        Path kept;
        int number = 0;
        try {
            while (!takes(number)) {
                number++;
            }
            kept = Objects.requireNonNull(part(recordingFile, number));
        } catch (IOException e) {
            return "the finished runs (" + finished + ") are lost: "
                    + unwritable(recordingFile, e).getMessage();
        }
        try {
            if (stream != null && traces != null) {
                stream.flush();
                traces.commitNewAs(Objects.requireNonNull(part(traceFile, number)));
            }
        } catch (IOException e) {
            return finished + " finished runs are kept in " + kept + ", but without their traces: "
                    + unwritable(Objects.requireNonNull(traceFile), e).getMessage();
        }
        return finished + " finished runs are kept in " + kept;
    }

    /** Takes the names of this number, where nobody has: another process may look for one at the same time. */
    private boolean takes(int number) throws IOException {
        if (exists(part(traceFile, number))) {
            return false;
        }
        try {
            recording.commitNewAs(Objects.requireNonNull(part(recordingFile, number)));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static boolean exists(@Nullable Path file) {
        return file != null && Files.exists(file);
    }

    /** {@code traces.part-2.jsonl} for {@code traces.jsonl} and 2; the file itself for 0. */
    private static @Nullable Path part(@Nullable Path file, int number) {
        if (file == null || number == 0) {
            return file;
        }
        String name = String.valueOf(file.getFileName());
        int dot = name.endsWith(RECORDING) ? name.length() - RECORDING.length() : name.lastIndexOf('.');
        String part = number == 1 ? ".part" : ".part-" + number;
        return file.resolveSibling(dot > 0 ? name.substring(0, dot) + part + name.substring(dot) : name + part);
    }

    /** What breaks off the runs, with what is kept of them. */
    synchronized FettleException keeping(FettleException why) {
        if (finished == 0 && why.code() != ErrorCode.LIMIT) {
            return why;
        }
        return new FettleException(why.code(), why.getMessage() + "\n" + keep(), why);
    }

    /** Deletes what was not committed. */
    @Override
    public synchronized void close() {
        closed = true;
        AtomicFile.notBeforeTheEnd(whenTold);
        try {
            try {
                recording.close();
            } finally {
                if (traces != null) {
                    traces.close();
                }
            }
        } catch (IOException e) {
            throw unwritable(traceFile == null ? recordingFile : traceFile, e);
        }
    }

    static FettleException unwritable(Path file, Exception e) {
        return new FettleException(ErrorCode.BAD_INPUT, file + ": cannot be written (" + e.getMessage() + ")", e);
    }
}
