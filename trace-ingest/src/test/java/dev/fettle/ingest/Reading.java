package dev.fettle.ingest;

import dev.fettle.api.ingest.ReadContext;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.ingest.TraceSink;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.core.read.BoundReader;
import dev.fettle.core.read.ReadProgress;
import dev.fettle.core.read.ReadSettings;
import dev.fettle.core.read.ReadSummary;
import dev.fettle.core.read.TraceSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Reads and collects, as a user's command does. */
public final class Reading implements TraceSink {
    public final List<ExecutionTrace> traces = new ArrayList<>();
    public final List<String> rejected = new ArrayList<>();

    /** All readers that the module registers. */
    public static List<BoundReader> readers() {
        return ServiceLoader.load(TraceReader.class).stream()
                .map(provider -> BoundReader.withDefaults(provider.get()))
                .toList();
    }

    /** Reads files with whichever reader recognizes them. */
    public static ReadSummary files(List<Path> paths, List<ExecutionTrace> into) {
        return TraceSources.read(paths, readers(), ReadSettings.DEFAULT, ReadProgress.NONE, into::add);
    }

    /** Reads a text with the reader that recognizes it. */
    public static Reading text(String content) {
        return bytes(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads bytes with the reader that recognizes them. */
    public static Reading bytes(byte[] content) {
        TraceReader reader = readers().stream()
                .map(BoundReader::reader)
                .filter(candidate -> candidate.recognizes(content))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no reader recognizes the content"));
        return bytes(content, reader, reader.defaultSettings());
    }

    public static Reading bytes(byte[] content, TraceReader reader, Record settings) {
        Reading reading = new Reading();
        try {
            reader.read(new ReadContext(new ByteArrayInputStream(content), "test.json", settings, reading));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return reading;
    }

    /** The only trace that was read. */
    public ExecutionTrace trace() {
        if (traces.size() != 1) {
            throw new AssertionError(traces.size() + " traces, rejected " + rejected);
        }
        return traces.get(0);
    }

    @Override
    public void accept(ExecutionTrace trace) {
        traces.add(trace);
    }

    @Override
    public void reject(String place, String reason) {
        rejected.add(place + ": " + reason);
    }
}
