package dev.fettle.ingest.span;

import dev.fettle.api.content.ContentHash;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.ingest.content.RecordedValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a draft's attributes by all conventions and reduces it to a {@link Span}. */
public final class SpanInterpreter {
    private static final List<Attribute> TOKEN_COUNTS =
            List.of(Attribute.INPUT_TOKENS, Attribute.OUTPUT_TOKENS, Attribute.TOTAL_TOKENS);

    private final int maxArgumentChars;
    private final Consumer<String> flaws;

    /**
     * @param maxArgumentChars tool arguments longer than this are kept as a hash only
     * @param flaws told of parts of spans that are left out, while the rest of the span is used
     */
    public SpanInterpreter(int maxArgumentChars, Consumer<String> flaws) {
        this.maxArgumentChars = maxArgumentChars;
        this.flaws = flaws;
    }

    /**
     * The span of a draft.
     *
     * @param enclosing the parent's id where the span itself names none; null where it is not known
     * @param inside whether the span has a parent, known or not
     * @throws BadSpanException where the draft is not a usable span; the message says why
     */
    public Span interpret(SpanDraft draft, @Nullable String enclosing, boolean inside) throws BadSpanException {
        String id = Ids.required(draft.spanId(), "span id");
        String named = Ids.optional(draft.parentId(), "parent span id");
        String parent = named == null ? enclosing : named;
        SpanTimes times = SpanTimes.of(draft);
        GraphMetadata graph = GraphMetadata.of(draft);
        KindRule.Verdict verdict = KindRule.judge(draft);
        SpanKind kind = verdict.kind();
        String error = errorType(draft);
        String input = input(draft, kind, parent == null && !inside);
        return new Span(
                id,
                parent,
                draft.name(),
                kind,
                verdict.rule(),
                times.startNanos(),
                times.endNanos(),
                status(draft, error, times),
                error,
                identity(draft, kind),
                graph.node(),
                graph.step(),
                kind.isTool() ? draft.text(Attribute.TOOL_NAME) : null,
                kind.isTool() ? null : model(draft),
                kind.isTool() ? null : usage(draft),
                cost(draft),
                inputHash(draft, kind, input),
                outputHash(draft, kind),
                kind.isTool() && input != null && input.length() <= maxArgumentChars
                        ? RecordedValue.canonical(input)
                        : null,
                draft.onlyManagedAgent(),
                draft.scope(),
                draft.scores().isEmpty() ? Map.of() : Map.copyOf(draft.scores()),
                draft.text(Attribute.RECORD));
    }

    private static @Nullable String identity(SpanDraft draft, SpanKind kind) {
        String node = draft.text(Attribute.GRAPH_NODE);
        if (node != null) {
            return node;
        }
        return switch (kind) {
            case AGENT -> first(draft, Attribute.AGENT_NAME, Attribute.ENTITY_NAME);
            case WORKFLOW -> first(draft, Attribute.WORKFLOW_NAME, Attribute.ENTITY_NAME);
            case CHAIN -> first(draft, Attribute.ENTITY_NAME, Attribute.ACTION_NAME);
            default -> draft.text(Attribute.ACTION_NAME);
        };
    }

    private static @Nullable String first(SpanDraft draft, Attribute... attributes) {
        for (Attribute attribute : attributes) {
            String text = draft.text(attribute);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String model(SpanDraft draft) {
        return first(draft, Attribute.RESPONSE_MODEL, Attribute.MODEL);
    }

    /** Null where no token count is recorded at all, or one that is no count; a part that is missing counts as 0. */
    private @Nullable TokenUsage usage(SpanDraft draft) {
        for (Attribute attribute : TOKEN_COUNTS) {
            String recorded = draft.noCount(attribute);
            if (recorded != null) {
                flaws.accept("the tokens of the span (" + Ids.printable(draft.name())
                        + ") count as unknown: one of its counts is (" + Ids.printable(recorded)
                        + "); expected a whole number of at least 0");
                return null;
            }
        }
        Long input = draft.count(Attribute.INPUT_TOKENS);
        Long output = draft.count(Attribute.OUTPUT_TOKENS);
        Long total = draft.count(Attribute.TOTAL_TOKENS);
        if (input == null && output == null && total == null) {
            return null;
        }
        if (input == null && total != null) {
            input = Math.max(0, total - (output == null ? 0 : output));
        }
        if (output == null && total != null) {
            output = Math.max(0, total - (input == null ? 0 : input));
        }
        Long recordedCached = draft.count(Attribute.CACHED_TOKENS);
        long cached = recordedCached == null ? 0 : recordedCached;
        long prompt = input == null ? 0 : input;
        // More cached than input: the emitter reports the input without its cached part.
        return new TokenUsage(cached > prompt ? prompt + cached : prompt, output == null ? 0 : output, cached);
    }

    private static @Nullable Double cost(SpanDraft draft) {
        Double total = draft.number(Attribute.COST);
        if (total == null) {
            Double input = draft.number(Attribute.COST_INPUT);
            Double output = draft.number(Attribute.COST_OUTPUT);
            if (input != null || output != null) {
                total = (input == null ? 0 : input) + (output == null ? 0 : output);
            }
        }
        return total == null || total < 0 ? null : total;
    }

    /** The recorded input, where it is of use: of calls, and of the run itself. */
    private static @Nullable String input(SpanDraft draft, SpanKind kind, boolean root) {
        if (kind.isTool()) {
            // tool.parameters comes last: many emitters record the tool's schema there, equal for every call.
            return first(
                    draft,
                    Attribute.TOOL_ARGUMENTS,
                    Attribute.INPUT,
                    Attribute.INPUT_MESSAGES,
                    Attribute.TOOL_PARAMETERS);
        }
        return kind.isModel() || root ? first(draft, Attribute.INPUT, Attribute.INPUT_MESSAGES) : null;
    }

    private static @Nullable String inputHash(SpanDraft draft, SpanKind kind, @Nullable String input) {
        if (input != null) {
            return kind.isTool() ? RecordedValue.hash(input) : ContentHash.ofText(input);
        }
        return kind.isModel() ? draft.messagesHash() : null;
    }

    private static @Nullable String outputHash(SpanDraft draft, SpanKind kind) {
        if (kind.isTool()) {
            String result = first(draft, Attribute.TOOL_RESULT, Attribute.OUTPUT, Attribute.OUTPUT_MESSAGES);
            return result == null ? null : RecordedValue.hash(result);
        }
        if (kind.isModel()) {
            String output = first(draft, Attribute.OUTPUT, Attribute.OUTPUT_MESSAGES);
            return output == null ? null : ContentHash.ofText(output);
        }
        return null;
    }

    private static @Nullable String errorType(SpanDraft draft) {
        String type = draft.text(Attribute.ERROR_TYPE);
        if (type == null && draft.code() != SpanDraft.Code.OK) {
            type = draft.exception();
        }
        if (type == null && draft.code() == SpanDraft.Code.ERROR) {
            type = typeInMessage(draft.message());
        }
        return type;
    }

    /** The type in a message such as {@code TypeError: no such argument}. */
    private static @Nullable String typeInMessage(@Nullable String message) {
        int colon = message == null ? -1 : message.indexOf(": ");
        if (message == null || colon <= 0 || colon > 100) {
            return null;
        }
        String type = message.substring(0, colon);
        return type.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '.') ? type : null;
    }

    private static Status status(SpanDraft draft, @Nullable String error, SpanTimes times) {
        if (error != null || draft.code() == SpanDraft.Code.ERROR) {
            String type = error == null ? "" : error.toLowerCase(Locale.ROOT);
            return type.endsWith("cancellederror") || type.endsWith("cancellationexception")
                    ? Status.CANCELLED
                    : Status.ERROR;
        }
        // An unset code means "no error seen": instrumentations set OK only on the application's word.
        return times.endNanos() == null ? Status.UNKNOWN : Status.OK;
    }
}
