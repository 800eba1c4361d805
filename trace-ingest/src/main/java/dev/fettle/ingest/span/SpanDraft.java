package dev.fettle.ingest.span;

import dev.fettle.api.content.ContentHash;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span while it is being read: the identifying fields, and the attributes that Fettle reads, as text, Long, Double or
 * Boolean. Reused from span to span, so that reading allocates little.
 */
public final class SpanDraft {
    /** Status codes as OpenTelemetry has them. */
    public enum Code {
        UNSET,
        OK,
        ERROR
    }

    private final Map<Attribute, Object> values = new EnumMap<>(Attribute.class);
    private final Map<String, Double> scores = new LinkedHashMap<>();
    private @Nullable String traceId;
    private @Nullable String spanId;
    private @Nullable String parentId;
    private @Nullable String name;
    private @Nullable String scope;
    private @Nullable Long startNanos;
    private @Nullable Long endNanos;
    private @Nullable Long durationNanos;
    private Code code = Code.UNSET;
    private @Nullable String message;
    private @Nullable String exception;
    private @Nullable String managedAgent;
    private int managedAgents;
    private @Nullable String messagesHash;

    /** Forgets everything. */
    public void clear() {
        values.clear();
        scores.clear();
        traceId = null;
        spanId = null;
        parentId = null;
        name = null;
        scope = null;
        startNanos = null;
        endNanos = null;
        durationNanos = null;
        code = Code.UNSET;
        message = null;
        exception = null;
        managedAgent = null;
        managedAgents = 0;
        messagesHash = null;
    }

    /** Sets an attribute; where two names of one attribute are there, the first that was read counts. */
    public void set(Attribute attribute, @Nullable Object value) {
        if (value != null) {
            values.putIfAbsent(attribute, value);
        }
    }

    public boolean has(Attribute attribute) {
        return values.containsKey(attribute);
    }

    /**
     * Whether the attribute's value cannot matter any more: it is there already, or it is the content of a step of which only
     * the times count. Content is the bulk of a trace, and a value that is not needed need not be decoded.
     */
    public boolean settled(Attribute attribute) {
        if (has(attribute)) {
            return true;
        }
        boolean output = attribute.isOutput();
        boolean input = attribute.isInput() && Ids.given(parentId);
        return (output || input) && KindRule.isStep(this);
    }

    /** The attribute as text; null where absent or empty. */
    public @Nullable String text(Attribute attribute) {
        Object value = values.get(attribute);
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return text.isEmpty() ? null : text;
    }

    /** The attribute as a number, also where it was recorded as text; null where it is neither or not finite. */
    public @Nullable Double number(Attribute attribute) {
        return Numbers.finite(values.get(attribute));
    }

    /** The attribute as a count; null where it is not a whole number of at least 0. */
    @Nullable
    Long count(Attribute attribute) {
        return Numbers.count(values.get(attribute));
    }

    /** What was recorded where a count should be, and is none; null where nothing was, or a count. */
    @Nullable
    String noCount(Attribute attribute) {
        return count(attribute) == null ? text(attribute) : null;
    }

    public void traceId(@Nullable String value) {
        traceId = value;
    }

    public @Nullable String traceId() {
        return traceId;
    }

    public void spanId(@Nullable String value) {
        spanId = value;
    }

    public @Nullable String spanId() {
        return spanId;
    }

    public void parentId(@Nullable String value) {
        parentId = value;
    }

    public @Nullable String parentId() {
        return parentId;
    }

    public void name(@Nullable String value) {
        name = value;
    }

    /** The span's name; empty where it has none. */
    public String name() {
        return name == null ? "" : name;
    }

    public void scope(@Nullable String value) {
        scope = value;
    }

    @Nullable
    String scope() {
        return scope;
    }

    public void startNanos(@Nullable Long value) {
        startNanos = value;
    }

    public @Nullable Long startNanos() {
        return startNanos;
    }

    public void endNanos(@Nullable Long value) {
        endNanos = value;
    }

    public void durationNanos(@Nullable Long value) {
        durationNanos = value;
    }

    @Nullable
    Long endOrDuration() {
        if (endNanos == null && durationNanos != null && startNanos != null) {
            return Math.addExact(startNanos, durationNanos);
        }
        return endNanos;
    }

    public void code(Code value) {
        code = value;
    }

    Code code() {
        return code;
    }

    public void message(@Nullable String value) {
        message = value;
    }

    @Nullable
    String message() {
        return message;
    }

    @Nullable
    String exception() {
        return exception;
    }

    /** Takes what an event of the span says: an exception, or an evaluation. */
    public void event(SpanDraft event) {
        String type = event.text(Attribute.EXCEPTION_TYPE);
        if (type != null) {
            exception = type;
        }
        String evaluation = event.text(Attribute.EVALUATION_NAME);
        Double score = event.number(Attribute.EVALUATION_SCORE);
        if (evaluation != null && score != null) {
            scores.put(evaluation, score);
        }
    }

    Map<String, Double> scores() {
        return scores;
    }

    /** One of the agents that this agent can call. */
    public void managedAgent(String value) {
        managedAgent = value;
        managedAgents++;
    }

    @Nullable
    String onlyManagedAgent() {
        return managedAgents == 1 ? managedAgent : null;
    }

    /** Folds a flattened message attribute into the input hash, for emitters that record nothing else of the input. */
    public void message(String key, String value) {
        messagesHash = ContentHash.ofText((messagesHash == null ? "" : messagesHash) + key + ContentHash.ofText(value));
    }

    @Nullable
    String messagesHash() {
        return messagesHash;
    }
}
