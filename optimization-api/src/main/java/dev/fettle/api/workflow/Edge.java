package dev.fettle.api.workflow;

import dev.fettle.api.Stable;
import java.util.Objects;
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

    /** Whether the other goes from the same to the same on the same label, however often it may be taken. */
    public boolean isSameWay(Edge other) {
        return from.equals(other.from) && to.equals(other.to) && Objects.equals(when, other.when);
    }

    public Edge from(String newFrom) {
        return new Edge(newFrom, to, when, maxTraversals);
    }

    public Edge to(String newTo) {
        return new Edge(from, newTo, when, maxTraversals);
    }
}
