package dev.fettle.cli;

import dev.fettle.api.ingest.TraceWriter;
import dev.fettle.api.trace.ExecutionTrace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

/** Writes traces as {@code fettle run --record} does. */
final class Traces {
    /** Simulated runs start in 1970, which readers take for a fault of a clock. */
    private static final Duration LATER = Duration.ofDays(20_000);

    private Traces() {}

    static Path write(List<ExecutionTrace> traces, Path file) throws IOException {
        TraceWriter writer = ServiceLoader.load(TraceWriter.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals("native-json"))
                .findFirst()
                .orElseThrow();
        try (OutputStream output = Files.newOutputStream(file)) {
            for (ExecutionTrace trace : traces) {
                writer.write(later(trace), output);
            }
        }
        return file;
    }

    private static ExecutionTrace later(ExecutionTrace trace) {
        return new ExecutionTrace(
                trace.id(),
                trace.workflow(),
                trace.startedAt().plus(LATER),
                trace.wallClock(),
                trace.status(),
                trace.complete(),
                trace.inputHash(),
                trace.scores(),
                trace.occurrences());
    }
}
