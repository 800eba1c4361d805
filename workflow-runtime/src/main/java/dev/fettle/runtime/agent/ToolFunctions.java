package dev.fettle.runtime.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.workflow.ToolSpec;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools as functions that a model may ask for. */
final class ToolFunctions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_NAME = 64;

    private final Map<String, String> tools = new LinkedHashMap<>();
    private final List<ToolSpecification> specifications = new ArrayList<>();

    ToolFunctions(Map<String, ToolSpec> tools) {
        tools.forEach(this::add);
    }

    private void add(String name, ToolSpec tool) {
        String function = functionName(name);
        tools.put(function, name);
        ToolSpecification.Builder builder = ToolSpecification.builder().name(function);
        if (!tool.description().isBlank()) {
            builder.description(tool.description());
        }
        specifications.add(builder.parameters(schema(tool.arguments())).build());
    }

    /** The chat APIs allow letters, digits, _ and -, up to 64; a name that would clash gets a number. */
    private String functionName(String name) {
        String base = name.replaceAll("[^A-Za-z0-9_-]", "_");
        String cut = base.substring(0, Math.min(LONGEST_NAME, base.length()));
        String unique = cut;
        for (int number = 2; tools.containsKey(unique); number++) {
            String suffix = "_" + number;
            unique = cut.substring(0, Math.min(cut.length(), LONGEST_NAME - suffix.length())) + suffix;
        }
        return unique;
    }

    private static JsonObjectSchema schema(Map<String, Object> arguments) {
        JsonObjectSchema.Builder builder = JsonObjectSchema.builder();
        if (arguments.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach(
                    (name, property) -> builder.addProperty(String.valueOf(name), JsonRawSchema.from(json(property))));
        }
        if (arguments.get("required") instanceof List<?> required) {
            builder.required(required.stream().map(String::valueOf).toList());
        }
        if (arguments.get("description") instanceof String description) {
            builder.description(description);
        }
        if (arguments.get("additionalProperties") instanceof Boolean additional) {
            builder.additionalProperties(additional);
        }
        return builder.build();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema from a definition is JSON", e);
        }
    }

    List<ToolSpecification> specifications() {
        return specifications;
    }

    /** The node's name for the tool of a function; null where there is no such function. */
    @Nullable
    String tool(String function) {
        return tools.get(function);
    }

    /** The functions, in order. */
    List<String> names() {
        return List.copyOf(tools.keySet());
    }
}
