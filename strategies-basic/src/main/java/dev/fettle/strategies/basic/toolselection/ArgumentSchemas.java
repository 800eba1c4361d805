package dev.fettle.strategies.basic.toolselection;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether calls made for one tool are understood by another, by the JSON Schemas of their arguments. */
final class ArgumentSchemas {
    private ArgumentSchemas() {}

    /**
     * Whether every call that the first accepts is also accepted by the second: all properties of the first are there with
     * the same schema; and the second requires nothing that the first does not. False where
     * either is not known.
     */
    static boolean accepts(Map<String, Object> caller, Map<String, Object> answering) {
        if (caller.isEmpty() || answering.isEmpty()) {
            return false;
        }
        if (caller.equals(answering)) {
            return true;
        }
        Map<?, ?> sent = properties(caller);
        Map<?, ?> understood = properties(answering);
        for (Map.Entry<?, ?> property : sent.entrySet()) {
            Object schema = understood.get(property.getKey());
            if (!Objects.equals(type(schema), type(property.getValue()))) {
                return false;
            }
        }
        return required(caller).containsAll(required(answering));
    }

    private static Map<?, ?> properties(Map<String, Object> schema) {
        return schema.get("properties") instanceof Map<?, ?> properties ? properties : Map.of();
    }

    private static Collection<?> required(Map<String, Object> schema) {
        return schema.get("required") instanceof Collection<?> names ? names : List.of();
    }

    /** What the values look like, without descriptions and defaults. */
    private static Object type(@Nullable Object schema) {
        return schema instanceof Map<?, ?> map
                ? List.of(
                        String.valueOf(map.get("type")),
                        String.valueOf(map.get("items")),
                        String.valueOf(map.get("enum")))
                : String.valueOf(schema);
    }
}
