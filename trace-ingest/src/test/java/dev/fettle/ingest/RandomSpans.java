package dev.fettle.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random span forests of OpenInference agents, the same for the same seed. */
public final class RandomSpans {
    private static final long BASE = 1_750_000_000_000_000_000L;
    private static final List<String> KINDS = List.of("AGENT", "CHAIN", "LLM", "TOOL", "CHAIN", "LLM");

    /** A span as a test writes it; the status code as OTLP has it. */
    public record TestSpan(
            String id,
            @Nullable String parent,
            String name,
            long start,
            long end,
            int code,
            Map<String, Object> attributes) {}

    private RandomSpans() {}

    public static String traceId(long seed) {
        return String.format("%016x%016x", seed + 1, seed * 31 + 7);
    }

    /** Between 1 and 40 spans; parents before children. */
    public static List<TestSpan> forest(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TestSpan> spans = new ArrayList<>();
        int size = random.nextInt(1, 41);
        for (int i = 0; i < size; i++) {
            TestSpan parent = i == 0 ? null : spans.get(random.nextInt(i));
            String kind = i == 0 ? "CHAIN" : KINDS.get(random.nextInt(KINDS.size()));
            long from = parent == null ? BASE : parent.start();
            long until = parent == null ? BASE + 60_000_000_000L : parent.end();
            long start = from + random.nextLong(until - from + 1);
            long end = start + random.nextLong(until - start + 1);
            spans.add(new TestSpan(
                    String.format("%016x", 0x1000L + i),
                    parent == null ? null : parent.id(),
                    kind.toLowerCase(Locale.ROOT) + " " + random.nextInt(3),
                    start,
                    end,
                    random.nextInt(3),
                    attributes(kind, random)));
        }
        return spans;
    }

    private static Map<String, Object> attributes(String kind, SplittableRandom random) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("noise", "x".repeat(random.nextInt(200)));
        attributes.put("input.value", "{\"q\": " + random.nextInt(4) + ", \"r\": [1, 2.50, \"ü\\n\"]}");
        attributes.put("openinference.span.kind", kind);
        attributes.put("output.value", "result " + random.nextInt(3));
        if (kind.equals("LLM")) {
            attributes.put("llm.model_name", "model-" + random.nextInt(2));
            long input = random.nextInt(1000);
            attributes.put("llm.token_count.prompt", random.nextBoolean() ? (Object) input : Long.toString(input));
            attributes.put("llm.token_count.completion", (long) random.nextInt(100));
            attributes.put("llm.token_count.prompt_details.cache_read", input / 3);
            attributes.put("llm.cost.total", random.nextInt(100) / 64.0);
        } else if (kind.equals("TOOL")) {
            attributes.put("tool.name", "tool_" + random.nextInt(3));
        }
        return attributes;
    }
}
