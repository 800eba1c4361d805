package dev.fettle.runtime.resume;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.execute.ResolvedWorkflow;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.sub.SubWorkflows;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checkpoints as JSON objects. Times are texts in ISO-8601. */
public final class CheckpointJson {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Duration.class, ToStringSerializer.instance)
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Duration.class, new Text<>(Duration.class, Duration::parse))
                    .addDeserializer(Instant.class, new Text<>(Instant.class, Instant::parse)))
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private CheckpointJson() {}

    private static final class Text<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> parse;

        Text(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parse.apply(parser.getText());
        }
    }

    public static Map<String, Object> write(Checkpoint checkpoint) {
        return MAPPER.convertValue(checkpoint, OBJECT);
    }

    /** @throws FettleException where it is no checkpoint */
    @SuppressWarnings("ConstantValue") // Binding from JSON leaves null where a field is missing.
    public static Checkpoint read(Map<String, Object> json) {
        Checkpoint read;
        try {
            read = MAPPER.convertValue(json, Checkpoint.class);
        } catch (RuntimeException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the checkpoint cannot be read (" + firstLine(e.getMessage())
                            + "); expected one that a paused run gave",
                    e);
        }
        boolean complete = read.workflow() != null
                && read.definition() != null
                && read.runId() != null
                && read.input() != null
                && read.state() != null
                && read.position() != null
                && read.position().node() != null
                && read.position().traversals() != null
                && read.position().iterations() != null
                && read.finished() != null
                && read.startedAt() != null
                && read.elapsed() != null
                && read.occurrences() != null
                && read.effects() != null
                && (read.version() != Checkpoint.VERSION || read.spent() != null);
        if (!complete) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the checkpoint holds only the keys " + json.keySet() + "; expected one that a paused run gave");
        }
        return read;
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    /** One hash for a workflow and all that it refers to. */
    public static String hash(Workflow workflow, SubWorkflows subWorkflows) {
        Map<String, @Nullable Object> all = new TreeMap<>();
        all.put("", MAPPER.convertValue(workflow, OBJECT));
        for (Map.Entry<String, ResolvedWorkflow> entry : subWorkflows.all().entrySet()) {
            all.put(entry.getKey(), MAPPER.convertValue(entry.getValue().workflow(), OBJECT));
        }
        try {
            return CanonicalJson.digest(all).hash();
        } catch (NotJsonException e) {
            throw new FettleException(ErrorCode.INTERNAL, "a workflow is no JSON: " + e.getMessage(), e);
        }
    }
}
