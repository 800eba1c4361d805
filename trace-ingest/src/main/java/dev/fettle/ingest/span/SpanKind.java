package dev.fettle.ingest.span;

/** What a span stands for. */
public enum SpanKind {
    MODEL,
    EMBEDDING,
    TOOL,
    RETRIEVER,
    AGENT,
    WORKFLOW,
    /** A step of any other sort: chain, task, graph node, guardrail, evaluator, prompt, parser. */
    CHAIN,
    /** Nothing says what it is. */
    UNKNOWN;

    /** Whether the span is a call of a language or embedding model. */
    public boolean isModel() {
        return this == MODEL || this == EMBEDDING;
    }

    /** Whether the span is a call of a tool or a retriever. */
    public boolean isTool() {
        return this == TOOL || this == RETRIEVER;
    }
}
