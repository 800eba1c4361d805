package dev.fettle.core.detect;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who uses which tool, and which tool can stand in for which. */
final class Tools {
    private Tools() {}

    static List<String> users(Workflow workflow, String tool) {
        return workflow.allNodes().stream()
                .filter(node -> node.answeringTools().contains(tool))
                .map(Node::id)
                .toList();
    }

    /** Whether a node that uses the tool caches its calls, or caches itself. */
    static boolean cached(Workflow workflow, String tool) {
        return workflow.allNodes().stream()
                .filter(node -> node.answeringTools().contains(tool))
                .map(node -> node.policies().cache())
                .anyMatch(cache ->
                        cache != null && (cache.tool() == null || cache.tool().equals(tool)));
    }

    /** Declared tools that share a capability with this one and take the same arguments, in order of definition. */
    static List<ToolSpec> alternatives(Workflow workflow, ToolSpec tool) {
        List<ToolSpec> alternatives = new ArrayList<>();
        for (ToolSpec other : workflow.tools()) {
            if (!other.name().equals(tool.name())
                    && other.capabilities().stream().anyMatch(tool.capabilities()::contains)
                    && accepts(other.arguments(), tool.arguments())) {
                alternatives.add(other);
            }
        }
        return alternatives;
    }

    /**
     * Whether a tool with the one schema takes every call made for the other: it knows each argument, with an equal type,
     * and requires none that the other does not require. Unknown schemas do not agree with anything but each other.
     */
    private static boolean accepts(Map<String, Object> schema, Map<String, Object> calls) {
        if (schema.isEmpty() || calls.isEmpty()) {
            return schema.isEmpty() && calls.isEmpty();
        }
        Map<?, ?> accepted = properties(schema);
        for (Map.Entry<?, ?> passed : properties(calls).entrySet()) {
            Object known = accepted.get(passed.getKey());
            boolean open = !Boolean.FALSE.equals(schema.get("additionalProperties"));
            if (known == null ? !open : !Objects.equals(type(known), type(passed.getValue()))) {
                return false;
            }
        }
        return required(calls).containsAll(required(schema));
    }

    private static Map<?, ?> properties(Map<String, Object> schema) {
        return schema.get("properties") instanceof Map<?, ?> properties ? properties : Map.of();
    }

    private static List<?> required(Map<String, Object> schema) {
        return schema.get("required") instanceof List<?> required ? required : List.of();
    }

    private static @Nullable Object type(@Nullable Object property) {
        return property instanceof Map<?, ?> map ? map.get("type") : null;
    }
}
