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
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files that runs are recorded in. They appear when all runs are done, so that none is ever half written. */
final class RunFiles implements RunConsumer, AutoCloseable {
    private static final String FORMAT = "native-json";
    private static final String RECORDING = ".recording.gz";

    private final @Nullable Path traceFile;
    private final Path recordingFile;
    private final TraceWriter writer;
    private final @Nullable AtomicFile traces;
    private final @Nullable OutputStream stream;
    private final RecordingWriter recording;

    private RunFiles(WorkflowOptimizer optimizer, Project project, @Nullable Path traceFile, Path recordingFile)
            throws IOException {
        this.traceFile = traceFile;
        this.recordingFile = recordingFile;
        writer = (TraceWriter)
                optimizer.plugins().require(PluginKind.WRITER, FORMAT).plugin();
        recording = new RecordingWriter(
                recordingFile, project.workflow().id(), project.configuration().recording());
        traces = traceFile == null ? null : AtomicFile.replacing(traceFile);
        stream = traces == null ? null : new BufferedOutputStream(traces.stream());
    }

    /** A recording alone. */
    static RunFiles recording(WorkflowOptimizer optimizer, Project project, Path file) {
        try {
            return new RunFiles(optimizer, project, null, file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Traces, and a recording beside them. */
    static RunFiles traces(WorkflowOptimizer optimizer, Project project, Path file) {
        try {
            return new RunFiles(optimizer, project, file, recordingBeside(file));
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
    public void accept(RecordedRun recorded, ExecutionResult result) {
        try {
            if (stream != null) {
                writer.write(result.trace(), stream);
            }
            if (result.pause() == null) {
                recording.add(recorded);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the files into place. */
    void commit() {
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

    /** Deletes what was not committed. */
    @Override
    public void close() {
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
