package dev.fettle.core.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.content.Sha256;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordingWriter} wrote. Each value is checked against its key, and the end has to be there. */
public final class RecordingReader {
    private static final TypeReference<List<ModelCall>> MODEL_CALLS = new TypeReference<>() {};
    private static final TypeReference<List<ToolCall>> TOOL_CALLS = new TypeReference<>() {};

    private final Path file;
    private final long maxBytes;
    private final ObjectMapper mapper = Json.mapper();
    private final ObjectReader reader = mapper.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private final Map<String, @Nullable Object> contents = new HashMap<>();
    private final List<RecordedRun> runs = new ArrayList<>();
    private @Nullable String workflow;
    private boolean ended;
    private long bytes;
    private int line;

    private RecordingReader(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /**
     * Reads a recording; its id is the SHA-256 of its lines.
     *
     * @throws FettleException where it is no recording, was cut or changed, or is larger than the settings allow
     */
    public static Recording read(Path file, RecordingSettings settings) {
        return new RecordingReader(file, settings.maxBytes()).read();
    }

    private Recording read() {
        MessageDigest digest = Sha256.digest();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = new DigestInputStream(new GZIPInputStream(raw, 1 << 16), digest)) {
            byte[] buffer = new byte[1 << 16];
            ByteArrayOutputStream current = new ByteArrayOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
                if (bytes > maxBytes) {
                    throw bad("is larger than recording.maxBytes (" + maxBytes + ") allows; raise it in fettle.yaml");
                }
                int from = 0;
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        current.write(buffer, from, i - from);
                        line(current.toString(StandardCharsets.UTF_8));
                        current.reset();
                        from = i + 1;
                    }
                }
                current.write(buffer, from, count - from);
            }
        } catch (IOException e) {
            throw bad("cannot be read as a recording (" + e.getMessage()
                    + "); expected a file that 'fettle record' wrote");
        }
        String name = workflow;
        if (name == null || !ended) {
            throw bad("ends before its end; it was cut, expected a whole recording");
        }
        return new Recording(HexFormat.of().formatHex(digest.digest()), name, runs);
    }

    private void line(String text) {
        line++;
        try {
            JsonNode node = reader.readTree(text);
            if (line == 1) {
                head(node);
            } else if (node.has("content")) {
                content(node);
            } else if (node.has("run")) {
                runs.add(run(node.get("run")));
            } else if (node.has("end")) {
                ended = node.path("end").path("runs").asInt(-1) == runs.size();
            }
        } catch (JsonProcessingException e) {
            throw bad("line " + line + " is not usable (" + e.getOriginalMessage() + ")");
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw bad("line " + line + " is not usable (" + e.getMessage() + ")");
        }
    }

    private void head(JsonNode node) {
        if (!node.path("format").asText().equals(RecordingWriter.FORMAT)) {
            throw bad("is not a recording; expected a file that 'fettle record' wrote");
        }
        int version = node.path("version").asInt(-1);
        if (version != RecordingWriter.VERSION) {
            throw bad("has version (" + version + "); expected " + RecordingWriter.VERSION
                    + ". Maybe it was written by another release");
        }
        workflow = node.path("workflow").asText();
    }

    /** Fractions are doubles where a double is exactly what is written. */
    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(element -> list.add(value(element)));
            return list;
        }
        if (node.isBigDecimal()) {
            BigDecimal exact = node.decimalValue();
            double rounded = exact.doubleValue();
            boolean same = Double.isFinite(rounded) && new BigDecimal(Double.toString(rounded)).compareTo(exact) == 0;
            return same ? (Object) rounded : exact;
        }
        return node.isNull()
                ? null
                : node.isTextual()
                        ? node.textValue()
                        : node.isBoolean() ? (Object) node.booleanValue() : node.numberValue();
    }

    private void content(JsonNode node) {
        Object value = value(node.get("value"));
        String key = node.get("content").asText();
        try {
            if (!Sha256.hex(CanonicalJson.text(value)).equals(key)) {
                throw bad("line " + line + " holds another value than its key says; the file was changed");
            }
        } catch (NotJsonException e) {
            throw bad("line " + line + " is not usable (" + e.reason() + ")");
        }
        contents.put(key, value);
    }

    @SuppressWarnings("unchecked") // A JSON object is read as a map with text keys.
    private RecordedRun run(JsonNode node) {
        Object input = content(node.path("input"), true);
        if (!(input instanceof Map<?, ?>)) {
            throw bad("line " + line + " has an input that is no object");
        }
        List<RecordedCall> calls = new ArrayList<>();
        node.path("calls").forEach(call -> calls.add(call(call)));
        return new RecordedRun(
                node.path("id").asText(),
                (Map<String, Object>) input,
                node.path("inputHash").asText(),
                Status.valueOf(node.path("status").asText()),
                calls);
    }

    private RecordedCall call(JsonNode node) {
        OutsideCall call = new OutsideCall(
                OutsideCall.Kind.valueOf(node.path("kind").asText()),
                node.path("node").asText(),
                node.path("target").asText(),
                Effects.valueOf(node.path("effects").asText()),
                node.path("inputHash").asText(),
                content(node.path("input"), false));
        String errorType = node.path("errorType").textValue();
        return new RecordedCall(
                call,
                content(node.path("result"), errorType == null),
                errorType,
                node.path("error").textValue(),
                Duration.parse(node.path("duration").asText()),
                mapper.convertValue(node.path("modelCalls"), MODEL_CALLS),
                mapper.convertValue(node.path("toolCalls"), TOOL_CALLS));
    }

    private @Nullable Object content(JsonNode key, boolean required) {
        if (key.isTextual() && contents.containsKey(key.asText())) {
            return contents.get(key.asText());
        }
        if (required || key.isTextual()) {
            throw bad("line " + line + " refers to a value (" + key.asText() + ") that is not in the file");
        }
        return null;
    }

    private FettleException bad(String what) {
        return new FettleException(ErrorCode.BAD_INPUT, file + ": " + what);
    }
}
