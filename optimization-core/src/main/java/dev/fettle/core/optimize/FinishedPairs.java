package dev.fettle.core.optimize;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.core.file.AtomicFile;
import dev.fettle.core.json.Json;
import dev.fettle.core.validate.DryRunId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The finished pairs of a dry run in a folder, a file each, so that it can be stopped and continued. Warm-up runs are not
 * kept: a new process has to warm up again. A pair of which only one run was made is run again, so that its runs are made one
 * after the other. A run that failed because it was told to stop looks like any other failure, so a pair with one is kept once
 * a later run has succeeded, or the dry run has ended by itself.
 */
public final class FinishedPairs {
    private static final TypeReference<List<Kept>> PAIR = new TypeReference<>() {};

    private static final String SUFFIX = ".json.gz";

    private final Path folder;
    private final ObjectMapper mapper = Json.mapper();
    private final Map<String, List<Kept>> pairs = new HashMap<>();
    private final Map<String, List<Kept>> open = new HashMap<>();
    private final Map<String, List<Kept>> failed = new LinkedHashMap<>();
    private int added;

    /** What is left of a run. */
    record Kept(
            String runId,
            ExecutionTrace trace,
            Map<String, Object> output,
            @Nullable String error,
            List<RecordedEffect> effects,
            int answered) {
        boolean succeeded() {
            return error == null && trace.status() == Status.OK;
        }
    }

    /**
     * @param folder of this dry run alone: its name tells both versions, inputs, recording and settings
     * @param continued whether to take over what is there; else it is deleted
     */
    public FinishedPairs(Path folder, boolean continued) {
        this.folder = folder;
        try {
            if (continued && Files.isDirectory(folder)) {
                AtomicFile.removeLeftovers(folder);
                read();
            } else {
                delete();
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void read() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                    pairs.put(name.substring(0, name.length() - SUFFIX.length()), mapper.readValue(in, PAIR));
                }
            }
        }
    }

    /** How many pairs were there. */
    public int size() {
        return pairs.size();
    }

    /** How many pairs are kept by now, those that were there included. */
    public synchronized int kept() {
        return pairs.size() + added;
    }

    Optional<ExecutionResult> find(DryRunId id) {
        return pairs.getOrDefault(id.pair(), List.of()).stream()
                .filter(kept -> kept.runId().equals(id.toString()))
                .findFirst()
                .map(kept -> new ExecutionResult(
                        kept.trace(),
                        kept.output(),
                        kept.output(),
                        kept.error(),
                        kept.effects(),
                        null,
                        kept.answered()));
    }

    void keep(DryRunId id, ExecutionResult result) {
        Kept kept = new Kept(
                id.toString(), result.trace(), result.output(), result.error(), result.effects(), result.answered());
        if (kept.succeeded()) {
            keepFailed();
        }
        if (id.phase() == DryRunId.Phase.WARM_UP) {
            return;
        }
        List<Kept> both = open.computeIfAbsent(id.pair(), pair -> new ArrayList<>());
        both.add(kept);
        if (both.size() < 2) {
            return;
        }
        open.remove(id.pair());
        if (both.stream().allMatch(Kept::succeeded)) {
            write(id.pair(), both);
        } else {
            failed.put(id.pair(), both);
        }
    }

    /** Keeps the pairs that failed last, too; called where the dry run was not told to stop. */
    public void keepFailed() {
        failed.forEach(this::write);
        failed.clear();
    }

    private void write(String pair, List<Kept> both) {
        Path target = folder.resolve(pair + SUFFIX);
        try (AtomicFile file = AtomicFile.replacing(target)) {
            OutputStream out = new GZIPOutputStream(file.stream());
            mapper.writerFor(PAIR).writeValue(out, both);
            out.close();
            file.commit();
        } catch (IOException e) {
            throw unusable(e);
        }
        counted();
    }

    private synchronized void counted() {
        added++;
    }

    /** Deletes the folder; called where the dry run is done. */
    public void delete() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | UncheckedIOException e) {
            throw unusable(e);
        }
    }

    private FettleException unusable(Exception e) {
        return new FettleException(
                ErrorCode.BAD_INPUT,
                folder + ": the finished pairs of the dry run cannot be read or written (" + e.getMessage()
                        + "); delete the folder, or run without --continue",
                e);
    }
}
