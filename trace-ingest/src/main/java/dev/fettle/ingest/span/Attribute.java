package dev.fettle.ingest.span;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The span attributes that Fettle reads, each with the names that the conventions have given it over time. */
public enum Attribute {
    OPENINFERENCE_KIND("openinference.span.kind"),
    LANGSMITH_KIND("langsmith.span.kind"),
    TRACELOOP_KIND("traceloop.span.kind"),
    SPRING_AI_KIND("spring.ai.kind"),
    OPERATION("gen_ai.operation.name"),
    REQUEST_TYPE("llm.request.type"),

    GRAPH_NODE("graph.node.id", "graph.node.name"),
    LANGGRAPH_NODE(
            "langgraph_node",
            "metadata.langgraph_node",
            "langsmith.metadata.langgraph_node",
            "traceloop.association.properties.langgraph_node"),
    LANGGRAPH_STEP(
            "langgraph_step",
            "metadata.langgraph_step",
            "langsmith.metadata.langgraph_step",
            "traceloop.association.properties.langgraph_step"),
    LANGGRAPH_NAMESPACE(
            "langgraph_checkpoint_ns",
            "metadata.langgraph_checkpoint_ns",
            "langsmith.metadata.langgraph_checkpoint_ns",
            "traceloop.association.properties.langgraph_checkpoint_ns"),
    METADATA("metadata"),
    AGENT_NAME("gen_ai.agent.name", "agent.name", "embabel.agent.name"),
    WORKFLOW_NAME("gen_ai.workflow.name"),
    ENTITY_NAME("traceloop.entity.name"),
    ACTION_NAME("embabel.action.name"),
    TOOL_NAME("tool.name", "gen_ai.tool.name", "spring.ai.tool.definition.name"),

    RESPONSE_MODEL("gen_ai.response.model", "llm.response.model_name"),
    MODEL(
            "llm.model_name",
            "embedding.model_name",
            "gen_ai.request.model",
            "llm.request.model_name",
            "ls_model_name",
            "langsmith.metadata.ls_model_name"),
    INPUT_TOKENS(
            "gen_ai.usage.input_tokens",
            "gen_ai.usage.prompt_tokens",
            "llm.token_count.prompt",
            "llm.usage.prompt_tokens"),
    OUTPUT_TOKENS(
            "gen_ai.usage.output_tokens",
            "gen_ai.usage.completion_tokens",
            "llm.token_count.completion",
            "llm.usage.completion_tokens"),
    CACHED_TOKENS(
            "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_read_input_tokens",
            "llm.token_count.prompt_details.cache_read",
            "llm.usage.cache_read_input_tokens"),
    TOTAL_TOKENS("gen_ai.usage.total_tokens", "llm.token_count.total", "llm.usage.total_tokens"),
    COST("llm.cost.total", "gen_ai.usage.cost", "gen_ai.usage.total_cost"),
    COST_INPUT("llm.cost.prompt"),
    COST_OUTPUT("llm.cost.completion"),

    TOOL_ARGUMENTS("gen_ai.tool.call.arguments", "spring.ai.tool.call.arguments"),
    INPUT("input.value", "traceloop.entity.input"),
    INPUT_MESSAGES("gen_ai.input.messages", "gen_ai.prompt", "gen_ai.retrieval.query.text"),
    TOOL_PARAMETERS("tool.parameters"),
    TOOL_RESULT("gen_ai.tool.call.result", "spring.ai.tool.call.result"),
    OUTPUT("output.value", "traceloop.entity.output"),
    OUTPUT_MESSAGES("gen_ai.output.messages", "gen_ai.completion"),

    ERROR_TYPE("error.type"),
    EXCEPTION_TYPE("exception.type"),
    EVALUATION_NAME("gen_ai.evaluation.name"),
    EVALUATION_SCORE("gen_ai.evaluation.score.value"),

    /** Fettle's own: what the span stands for, exactly. */
    RECORD("fettle.record");

    private static final Map<String, Attribute> BY_NAME = new HashMap<>();

    static {
        for (Attribute attribute : values()) {
            attribute.names.forEach(name -> BY_NAME.put(name, attribute));
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
    private final List<String> names;

    Attribute(String... names) {
        this.names = List.of(names);
    }

    /** All names, for documentation and tables. */
    public List<String> names() {
        return names;
    }

    /** Whether it holds what a span was given. */
    boolean isInput() {
        return this == INPUT || this == INPUT_MESSAGES;
    }

    /** Whether it holds what a span gave. */
    boolean isOutput() {
        return this == OUTPUT || this == OUTPUT_MESSAGES;
    }

    /** The attribute of a name; null where Fettle does not read it. */
    public static @Nullable Attribute of(String name) {
        return BY_NAME.get(name);
    }
}
