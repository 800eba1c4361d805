package dev.fettle.strategies.advanced.caching;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which arguments of a tool name files: those whose JSON Schema has the format {@code path}, {@code file} or {@code file-path}. */
final class FileArguments {
    private static final Set<String> FORMATS = Set.of("path", "file", "file-path");

    private FileArguments() {}

    /** In the order of the schema. */
    static Set<String> of(Map<String, Object> schema) {
        Set<String> files = new LinkedHashSet<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> {
                if (property instanceof Map<?, ?> map && FORMATS.contains(String.valueOf(map.get("format")))) {
                    files.add(String.valueOf(name));
                }
            });
        }
        return files;
    }
}
