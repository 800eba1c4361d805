package dev.fettle.core.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.content.Sha256;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.core.file.AtomicFile;
import dev.fettle.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recording run by run: JSON lines, compressed with gzip. Every value is written once, under the SHA-256 of its
 * canonical text, before the first run that refers to it. The file is there when {@link #commit} has returned.
 */
public final class RecordingWriter implements AutoCloseable {
    static final String FORMAT = "fettle-recording";
    static final int VERSION = 1;

    /** No last line is longer. */
    private static final int END_BYTES = 64;

    private final Path target;
    private final RecordingSettings settings;
    private final UnaryOperator<@Nullable Object> redaction;
    private final ObjectMapper mapper = Json.mapper();
    private final ObjectReader exact =
            mapper.readerFor(Object.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private final AtomicFile file;
    private final GZIPOutputStream out;
    private final Set<String> written = new HashSet<>();

    /** The lines of the run that is being added, and the values that they hold. */
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    private final Set<String> fresh = new HashSet<>();
    private long bytes;
    private int runs;
    private boolean finished;

    public RecordingWriter(Path target, String workflow, RecordingSettings settings) throws IOException {
        this.target = target;
        this.settings = settings;
        this.redaction = settings.redaction().redaction();
        this.file = AtomicFile.replacing(target);
        this.out = new GZIPOutputStream(file.stream(), 1 << 16);
        line("{\"format\":\"" + FORMAT + "\",\"version\":" + VERSION + ",\"workflow\":"
                + mapper.writeValueAsString(workflow) + "}");
        out.write(pending.toByteArray());
        bytes = pending.size();
    }

    /**
     * Adds a run.
     *
     * @throws FettleException where the recording grows beyond its limit; the run is then left out whole
     */
    public void add(RecordedRun run) throws IOException {
        pending.reset();
        fresh.clear();
        pend(run);
        out.write(pending.toByteArray());
        bytes += pending.size();
        written.addAll(fresh);
        runs++;
    }

    private void pend(RecordedRun run) throws IOException {
        ObjectNode entry = mapper.createObjectNode();
        entry.put("id", run.id());
        entry.put("input", content(run.input(), Long.MAX_VALUE));
        entry.put("inputHash", run.inputHash());
        entry.put("status", run.status().name());
        ArrayNode calls = entry.putArray("calls");
        for (RecordedCall recorded : run.calls()) {
            OutsideCall call = recorded.call();
            ObjectNode node = calls.addObject();
            node.put("kind", call.kind().name());
            node.put("node", call.node());
            node.put("target", call.target());
            node.put("effects", call.effects().name());
            node.put("inputHash", call.inputHash());
            node.put("input", call.input() == null ? null : content(call.input(), settings.keepInputBytes()));
            node.put("result", recorded.failed() ? null : content(recorded.result(), Long.MAX_VALUE));
            node.put("errorType", recorded.errorType());
            node.put("error", (String) redaction.apply(recorded.error()));
            node.put("duration", recorded.duration().toString());
            node.set("modelCalls", mapper.valueToTree(recorded.modelCalls()));
            node.set("toolCalls", inside(recorded.toolCalls()));
        }
        ObjectNode line = mapper.createObjectNode();
        line.set("run", entry);
        line(mapper.writeValueAsString(line));
    }

    /** The calls that a node made, without the secrets of their arguments. */
    private JsonNode inside(List<ToolCall> calls) throws IOException {
        JsonNode tree = mapper.valueToTree(calls);
        for (JsonNode call : tree) {
            if (call.path("arguments").isTextual()) {
                ((ObjectNode) call)
                        .put("arguments", arguments(call.path("arguments").textValue()));
            }
        }
        return tree;
    }

    /** As canonical JSON again; what is none is a text. */
    private @Nullable String arguments(String text) throws IOException {
        Object value;
        try {
            value = exact.readValue(text);
        } catch (JsonProcessingException e) {
            return (String) redaction.apply(text);
        }
        Object kept = redaction.apply(value);
        return Objects.equals(kept, value) ? text : canonical(kept);
    }

    /** The key of a value; null where it is too large to be kept. */
    private @Nullable String content(@Nullable Object value, long mostBytes) throws IOException {
        String text = canonical(redaction.apply(value));
        if (text.length() > mostBytes) {
            return null;
        }
        String key = Sha256.hex(text);
        if (!written.contains(key) && fresh.add(key)) {
            line("{\"content\":\"" + key + "\",\"value\":" + text + "}");
        }
        return key;
    }

    private static String canonical(@Nullable Object value) {
        try {
            return CanonicalJson.text(value);
        } catch (NotJsonException e) {
            throw new FettleException(
                    ErrorCode.EXECUTION, e.of("a value to be recorded").reason(), e);
        }
    }

    /** A line of what is being added; there is always room left for the end. */
    private void line(String text) throws IOException {
        pending.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        if (bytes + pending.size() + END_BYTES > settings.maxBytes()) {
            throw new FettleException(
                    ErrorCode.LIMIT,
                    target + ": the next run does not fit into recording.maxBytes (" + settings.maxBytes() + ") after "
                            + runs + " runs, and is left out. Maybe record fewer runs, or raise the setting in"
                            + " fettle.yaml");
        }
    }

    /** Ends the recording and puts the file into place. */
    public void commit() throws IOException {
        finish();
        file.commit();
    }

    /**
     * As {@link #commit}, under another name in the same folder, where there is no such file. Where there is, a further name
     * may be tried.
     *
     * @throws java.nio.file.FileAlreadyExistsException where there is one
     */
    public void commitNewAs(Path other) throws IOException {
        finish();
        file.commitNewAs(other);
    }

    private void finish() throws IOException {
        if (finished) {
            return;
        }
        finished = true;
        String end = "{\"end\":{\"runs\":" + runs + ",\"contents\":" + written.size() + "}}\n";
        out.write(end.getBytes(StandardCharsets.UTF_8));
        out.finish();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
