package dev.fettle.examples.reporeview.source;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file under review.
 *
 * @param path relative to the reviewed folder, with {@code /} between the names
 */
public record SourceFile(String path, String text) {
    /** The lines without their ends; the first is line 1. */
    public List<String> lines() {
        return text.lines().toList();
    }

    public boolean isJava() {
        return path.endsWith(".java");
    }

    /** The file as a JSON value, for the state. */
    public Map<String, Object> toJson() {
        return new TreeMap<>(Map.of("path", path, "text", text));
    }
}
