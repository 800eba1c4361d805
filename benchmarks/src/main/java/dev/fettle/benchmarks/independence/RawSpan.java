package dev.fettle.benchmarks.independence;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span as it stands in the file, read without Fettle's readers.
 *
 * @param kind as the file says, as in {@code TOOL}; empty where it does not
 * @param tool name of the tool; null where it is none
 * @param within the nearest span around it that is an agent's, else the root
 * @param inputs all texts but the output
 * @param output null where none was recorded
 */
record RawSpan(
        String trace,
        String id,
        List<String> ancestors,
        String kind,
        @Nullable String tool,
        String within,
        Instant start,
        Instant end,
        List<String> inputs,
        @Nullable String output) {

    /** Whether this is the span with the id, or inside it. */
    boolean isInside(String span) {
        return id.equals(span) || ancestors.contains(span);
    }
}
