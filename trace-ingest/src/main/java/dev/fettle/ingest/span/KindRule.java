package dev.fettle.ingest.span;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that tell a span's kind, in order of precedence: the first that knows the span's value decides. An
 * instrumentation's own word comes before the generic operation name, because LangSmith sets operation {@code chat} on
 * prompt templates and {@code embeddings} on retrievers.
 */
public enum KindRule {
    OPENINFERENCE,
    LANGSMITH,
    TRACELOOP,
    SPRING_AI,
    OPERATION,
    REQUEST_TYPE,
    /** A model's name together with a token count. */
    USAGE,
    SPAN_NAME,
    NONE;

    private static final Map<String, SpanKind> OPENINFERENCE_KINDS = Map.ofEntries(
            Map.entry("llm", SpanKind.MODEL),
            Map.entry("embedding", SpanKind.EMBEDDING),
            Map.entry("chain", SpanKind.CHAIN),
            Map.entry("retriever", SpanKind.RETRIEVER),
            Map.entry("reranker", SpanKind.TOOL),
            Map.entry("tool", SpanKind.TOOL),
            Map.entry("agent", SpanKind.AGENT),
            Map.entry("guardrail", SpanKind.CHAIN),
            Map.entry("evaluator", SpanKind.CHAIN),
            Map.entry("prompt", SpanKind.CHAIN));
    private static final Map<String, SpanKind> LANGSMITH_KINDS = Map.of(
            "llm", SpanKind.MODEL,
            "embedding", SpanKind.EMBEDDING,
            "chain", SpanKind.CHAIN,
            "retriever", SpanKind.RETRIEVER,
            "tool", SpanKind.TOOL,
            "agent", SpanKind.AGENT,
            "prompt", SpanKind.CHAIN,
            "parser", SpanKind.CHAIN);
    private static final Map<String, SpanKind> TRACELOOP_KINDS = Map.of(
            "workflow", SpanKind.WORKFLOW,
            "task", SpanKind.CHAIN,
            "agent", SpanKind.AGENT,
            "tool", SpanKind.TOOL);
    private static final Map<String, SpanKind> SPRING_KINDS = Map.of(
            "chat_client", SpanKind.CHAIN,
            "advisor", SpanKind.CHAIN,
            "tool_call", SpanKind.TOOL,
            "vector_store", SpanKind.RETRIEVER);
    private static final Map<String, SpanKind> OPERATIONS = Map.ofEntries(
            Map.entry("chat", SpanKind.MODEL),
            Map.entry("generate_content", SpanKind.MODEL),
            Map.entry("text_completion", SpanKind.MODEL),
            Map.entry("completion", SpanKind.MODEL),
            Map.entry("embeddings", SpanKind.EMBEDDING),
            Map.entry("embedding", SpanKind.EMBEDDING),
            Map.entry("invoke_agent", SpanKind.AGENT),
            Map.entry("create_agent", SpanKind.CHAIN),
            Map.entry("invoke_workflow", SpanKind.WORKFLOW),
            Map.entry("plan", SpanKind.CHAIN),
            Map.entry("framework", SpanKind.CHAIN),
            Map.entry("execute_tool", SpanKind.TOOL),
            Map.entry("retrieval", SpanKind.RETRIEVER),
            Map.entry("search_memory", SpanKind.TOOL),
            Map.entry("create_memory", SpanKind.TOOL),
            Map.entry("update_memory", SpanKind.TOOL),
            Map.entry("upsert_memory", SpanKind.TOOL),
            Map.entry("delete_memory", SpanKind.TOOL));
    private static final Map<String, SpanKind> REQUEST_TYPES = Map.of(
            "chat", SpanKind.MODEL,
            "completion", SpanKind.MODEL,
            "embedding", SpanKind.EMBEDDING,
            "rerank", SpanKind.TOOL);

    /** The kind, and the rule that told it. */
    public record Verdict(SpanKind kind, KindRule rule) {}

    private static final Verdict UNKNOWN = new Verdict(SpanKind.UNKNOWN, NONE);

    /** Applies the rules in order. */
    static Verdict judge(SpanDraft span) {
        for (KindRule rule : values()) {
            SpanKind kind = rule.kindOf(span);
            if (kind != null) {
                return new Verdict(kind, rule);
            }
        }
        return UNKNOWN;
    }

    /** Whether what was read so far says, whatever follows, that the span is neither a model call nor a tool call. */
    static boolean isStep(SpanDraft span) {
        SpanKind kind = OPENINFERENCE.kindOf(span);
        return kind != null && !kind.isModel() && !kind.isTool();
    }

    private @Nullable SpanKind kindOf(SpanDraft span) {
        return switch (this) {
            case OPENINFERENCE -> lookUp(OPENINFERENCE_KINDS, span.text(Attribute.OPENINFERENCE_KIND));
            case LANGSMITH -> lookUp(LANGSMITH_KINDS, span.text(Attribute.LANGSMITH_KIND));
            case TRACELOOP -> lookUp(TRACELOOP_KINDS, span.text(Attribute.TRACELOOP_KIND));
            case SPRING_AI -> lookUp(SPRING_KINDS, span.text(Attribute.SPRING_AI_KIND));
            case OPERATION -> lookUp(OPERATIONS, span.text(Attribute.OPERATION));
            case REQUEST_TYPE -> lookUp(REQUEST_TYPES, span.text(Attribute.REQUEST_TYPE));
            case USAGE -> usage(span);
            case SPAN_NAME -> name(span.name());
            case NONE -> null;
        };
    }

    private static @Nullable SpanKind usage(SpanDraft span) {
        boolean model = span.has(Attribute.RESPONSE_MODEL) || span.has(Attribute.MODEL);
        return model && (span.has(Attribute.INPUT_TOKENS) || span.has(Attribute.OUTPUT_TOKENS)) ? SpanKind.MODEL : null;
    }

    private static @Nullable SpanKind name(String name) {
        int space = name.indexOf(' ');
        return space <= 0 ? null : OPERATIONS.get(name.substring(0, space));
    }

    private static @Nullable SpanKind lookUp(Map<String, SpanKind> kinds, @Nullable String value) {
        if (value == null) {
            return null;
        }
        SpanKind kind = kinds.get(value);
        if (kind == null) {
            kind = kinds.get(value.strip().toLowerCase(Locale.ROOT));
        }
        return kind;
    }
}
