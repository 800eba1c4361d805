package dev.fettle.benchmarks.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;

/**
 * OTLP/JSON lines as an instrumented agent exports them: per trace a run with steps, each with a model call (prompt,
 * messages, completion, tokens) and a tool call. Texts are as long as prompts and results are, between 200 and 4,000
 * characters. The same seed gives the same bytes.
 */
public final class OtlpSample {
    public static final int STEPS = 8;
    public static final long INPUT_TOKENS_PER_CALL = 1_200;
    private static final long START = 1_750_000_000_000_000_000L;

    private final SplittableRandom random;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json;
    private String trace = "";
    private int spans;

    private OtlpSample(long seed) throws IOException {
        random = new SplittableRandom(seed);
        json = new JsonFactory().createGenerator(bytes);
        json.setRootValueSeparator(new SerializedString("\n"));
    }

    /** So many traces, one a line. */
    public static byte[] traces(int count, long seed) {
        try {
            OtlpSample sample = new OtlpSample(seed);
            for (int i = 0; i < count; i++) {
                sample.trace(i);
            }
            sample.json.close();
            return sample.bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void trace(int number) throws IOException {
        trace = String.format("%032x", number + 1L);
        spans = 0;
        json.writeStartObject();
        json.writeArrayFieldStart("resourceSpans");
        json.writeStartObject();
        json.writeArrayFieldStart("scopeSpans");
        json.writeStartObject();
        json.writeArrayFieldStart("spans");
        String run = span("", "run", "CHAIN", 1000L * STEPS, false);
        for (int step = 0; step < STEPS; step++) {
            String chain = span(run, "Step " + (step + 1), "CHAIN", 900, false);
            span(chain, "ChatModel", "LLM", 500, true);
            span(chain, "SearchTool", "TOOL", 300, false);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private String span(String parent, String name, String kind, long millis, boolean model) throws IOException {
        String id = String.format("%016x", ++spans);
        json.writeStartObject();
        json.writeStringField("traceId", trace);
        json.writeStringField("spanId", id);
        json.writeStringField("parentSpanId", parent);
        json.writeStringField("name", name);
        json.writeStringField("kind", "SPAN_KIND_INTERNAL");
        json.writeStringField("startTimeUnixNano", Long.toString(START + spans * 1_000_000L));
        json.writeStringField("endTimeUnixNano", Long.toString(START + (spans + millis) * 1_000_000L));
        json.writeArrayFieldStart("attributes");
        text("input.value", "{\"messages\": [\"" + prose() + "\"]}");
        text("input.mime_type", "application/json");
        text("output.value", prose());
        text("app.name", "sample");
        if (model) {
            text("llm.model_name", "a-model");
            for (int i = 0; i < 3; i++) {
                text("llm.input_messages." + i + ".message.role", "user");
                text("llm.input_messages." + i + ".message.content", prose());
            }
            text("llm.output_messages.0.message.content", prose());
            number("llm.token_count.prompt", INPUT_TOKENS_PER_CALL);
            number("llm.token_count.completion", 80);
        }
        if (kind.equals("TOOL")) {
            text("tool.name", "search");
        }
        text("openinference.span.kind", kind);
        json.writeEndArray();
        json.writeObjectFieldStart("status");
        json.writeStringField("code", "STATUS_CODE_OK");
        json.writeEndObject();
        json.writeEndObject();
        return id;
    }

    private void text(String key, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeObjectFieldStart("value");
        json.writeStringField("stringValue", value);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void number(String key, long value) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeObjectFieldStart("value");
        json.writeStringField("intValue", Long.toString(value));
        json.writeEndObject();
        json.writeEndObject();
    }

    private String prose() {
        int words = random.nextInt(30, 600);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append("word").append(random.nextInt(100)).append(i % 12 == 11 ? "\n" : " ");
        }
        return text.toString();
    }
}
