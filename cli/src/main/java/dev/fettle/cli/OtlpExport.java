package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.ingest.TraceWriter;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.plugin.PluginKind;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where traces go as OTLP/JSON: a file that appears when all are written, a collector, or nowhere. */
abstract class OtlpExport implements AutoCloseable {
    private static final String FORMAT = "otlp-json";

    abstract void accept(ExecutionTrace trace);

    @Override
    public void close() {}

    /** @param target a file or an address; null for nowhere */
    static OtlpExport to(@Nullable String target, WorkflowOptimizer optimizer) {
        if (target == null) {
            return new OtlpExport() {
                @Override
                void accept(ExecutionTrace trace) {}
            };
        }
        TraceWriter writer = (TraceWriter)
                optimizer.plugins().require(PluginKind.WRITER, FORMAT).plugin();
        boolean address = target.startsWith("http://") || target.startsWith("https://");
        return address ? new Collector(writer, URI.create(target)) : new File(writer, SourceOptions.path(target));
    }

    /** By way of a temporary file beside it. */
    private static final class File extends OtlpExport {
        private final TraceWriter writer;
        private final Path file;
        private final Path temporary;
        private final OutputStream stream;

        File(TraceWriter writer, Path file) {
            this.writer = writer;
            this.file = file;
            try {
                Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
                Files.createDirectories(folder);
                temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
                stream = new BufferedOutputStream(Files.newOutputStream(temporary));
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        private FettleException unwritable(IOException e) {
            return new FettleException(ErrorCode.BAD_INPUT, file + ": cannot be written (" + e.getMessage() + ")", e);
        }

        @Override
        void accept(ExecutionTrace trace) {
            try {
                writer.write(trace, stream);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        @Override
        public void close() {
            try {
                stream.close();
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }

    /** One request for each trace. */
    private static final class Collector extends OtlpExport {
        private static final Duration WAIT = Duration.ofSeconds(10);

        private final TraceWriter writer;
        private final URI address;
        private final HttpClient client =
                HttpClient.newBuilder().connectTimeout(WAIT).build();

        Collector(TraceWriter writer, URI address) {
            this.writer = writer;
            this.address = address;
        }

        @Override
        void accept(ExecutionTrace trace) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            try {
                writer.write(trace, body);
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(address)
                                .timeout(WAIT)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() / 100 != 2) {
                    throw refused("it answered " + response.statusCode(), null);
                }
            } catch (IOException e) {
                throw refused(String.valueOf(e.getMessage()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refused("it was interrupted", e);
            }
        }

        private FettleException refused(String why, @Nullable Exception cause) {
            return new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the traces cannot be sent to (" + address + "): " + why
                            + "; expected an OTLP collector, as in http://127.0.0.1:4318/v1/traces",
                    cause);
        }
    }
}
