package dev.fettle.api.workflow;

import dev.fettle.api.Stable;
import org.jspecify.annotations.Nullable;

/**
 * Control passes from one node to another.
 *
 * @param to a node, or {@link #END}
 * @param when the label of a condition node on which the edge is taken; null for always
 * @param maxTraversals how often the edge may be taken in one run; null for an edge that closes no loop
 */
@Stable
public record Edge(
        String from,
        String to,
        @Nullable String when,
        @Nullable Integer maxTraversals) {
    /** The target that ends the run. */
    public static final String END = "end";

    public static Edge of(String from, String to) {
        return new Edge(from, to, null, null);
    }

    public static Edge when(String from, String to, String label) {
        return new Edge(from, to, label, null);
    }

    public Edge from(String newFrom) {
        return new Edge(newFrom, to, when, maxTraversals);
    }

    public Edge to(String newTo) {
        return new Edge(from, newTo, when, maxTraversals);
    }
}
