package dev.fettle.core.read;

import dev.fettle.api.ingest.ReadContext;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.ingest.TraceSink;
import dev.fettle.api.trace.ExecutionTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads traces from files and folders, each with the reader that recognizes its content. Nothing that is wrong with one
 * file, or one trace, keeps the others from being read; everything that was not read is in the summary.
 *
 * <p>A trace id counts once. Where an id comes again, in the same file or another, the trace is rejected by name: either the
 * file was given twice, or the trace's spans are spread wider than the reader's limits allow.
 */
public final class TraceSources {
    private static final long PROGRESS_STEP = 1 << 20;

    private final List<BoundReader> readers;
    private final ReadSettings settings;
    private final List<ReadSummary.Rejection> rejected = new ArrayList<>();
    private final KnownTraces known;
    private long moreRejected;
    private long read;
    private long incomplete;
    private long bytes;
    private long told;

    private TraceSources(List<BoundReader> readers, ReadSettings settings) {
        this.readers = List.copyOf(readers);
        this.settings = settings;
        known = new KnownTraces(settings.maxKnownTraces());
    }

    /**
     * Reads all traces.
     *
     * @param paths files and folders; folders with everything in them except what is hidden
     * @param readers the first that recognizes a content reads it
     * @param traces takes each trace as soon as it is read; what it throws ends the reading
     */
    public static ReadSummary read(
            List<Path> paths,
            List<BoundReader> readers,
            ReadSettings settings,
            ReadProgress progress,
            Consumer<ExecutionTrace> traces) {
        return new TraceSources(readers, settings).readAll(paths, progress, traces);
    }

    private ReadSummary readAll(List<Path> paths, ReadProgress progress, Consumer<ExecutionTrace> traces) {
        TraceFiles files = new TraceFiles(this::reject);
        paths.forEach(files::add);
        for (Path file : files.files()) {
            Counter counter = new Counter(file.toString(), traces);
            try (OpenedSource source = new OpenedSource(Files.newInputStream(file), TraceReader.HEAD_BYTES, count -> {
                bytes += count;
                if (bytes - told >= PROGRESS_STEP) {
                    told = bytes;
                    progress.at(bytes, files.totalBytes());
                }
            })) {
                readOne(source, counter);
            } catch (IOException failure) {
                reject(file.toString(), "cannot be read (" + TraceFiles.reason(failure) + ")");
            }
        }
        progress.at(bytes, files.totalBytes());
        return new ReadSummary(read, incomplete, rejected, moreRejected);
    }

    private void readOne(OpenedSource source, Counter counter) throws IOException {
        byte[] head = source.head();
        String failure = source.failure();
        String obstacle = failure != null && head.length == 0 ? failure : ContentKind.obstacle(head);
        if (obstacle != null) {
            reject(counter.source, obstacle);
            return;
        }
        Optional<BoundReader> reader = readers.stream()
                .filter(candidate -> candidate.reader().recognizes(head))
                .findFirst();
        if (reader.isEmpty()) {
            reject(counter.source, ContentKind.unknown(head, names()));
            return;
        }
        try {
            reader.get()
                    .reader()
                    .read(new ReadContext(
                            source.content(), counter.source, reader.get().settings(), counter));
        } catch (TakerFailedException failed) {
            throw failed.failure;
        } catch (RuntimeException defect) {
            reject(
                    counter.source,
                    "the reader " + reader.get().reader().name() + " failed (" + defect
                            + "); what it read before counts. Maybe report this as a defect");
        }
        String late = source.failure();
        if (late != null) {
            reject(counter.source, late + "; what came before counts");
        } else if (counter.told == 0) {
            reject(counter.source, "there are no traces in it");
        }
    }

    private String names() {
        return readers.stream().map(bound -> bound.reader().name()).collect(Collectors.joining(", "));
    }

    private void reject(String source, String reason) {
        if (rejected.size() < settings.maxRejections()) {
            rejected.add(new ReadSummary.Rejection(source, reason));
        } else {
            moreRejected++;
        }
    }

    private final class Counter implements TraceSink {
        private final String source;
        private final Consumer<ExecutionTrace> traces;
        private long told;

        Counter(String source, Consumer<ExecutionTrace> traces) {
            this.source = source;
            this.traces = traces;
        }

        @Override
        public void accept(ExecutionTrace trace) {
            told++;
            if (!known.add(trace.id())) {
                TraceSources.this.reject(
                        source + ", trace " + trace.id(),
                        "a trace with this id was read before, and each counts once. Maybe the file was given twice, or"
                                + " the spans are spread wider than the reader's maxOpenTraces, maxOpenSpans and"
                                + " idleSpans allow");
                return;
            }
            read++;
            if (!trace.complete()) {
                incomplete++;
            }
            try {
                traces.accept(trace);
            } catch (RuntimeException failure) {
                throw new TakerFailedException(failure);
            }
        }

        @Override
        public void reject(String place, String reason) {
            told++;
            TraceSources.this.reject(place, reason);
        }
    }

    /** Tells a failure of whoever takes the traces from a failure of the reader. */
    private static final class TakerFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final RuntimeException failure;

        TakerFailedException(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
