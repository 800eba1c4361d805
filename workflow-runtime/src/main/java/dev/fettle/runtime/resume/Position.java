package dev.fettle.runtime.resume;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a paused run goes on.
 *
 * @param node the top-level node that waits, or that holds what waits
 * @param steps top-level nodes that had run before
 * @param traversals how often edges were taken
 * @param iterations how often each node had run when the run came to this node
 */
public record Position(String node, int steps, List<Traversal> traversals, Map<String, Integer> iterations) {
    /** How often an edge was taken. */
    public record Traversal(
            String from, String to, @Nullable String when, int count) {}
}
