package dev.fettle.api.workflow;

import dev.fettle.api.Evolving;
import java.util.Map;
import java.util.Set;

/**
 * What a node does, on which state keys: two nodes of equal work do the same, each for the keys that it writes.
 *
 * @param written how many keys it fills by itself, copies not counted
 */
@Evolving
public record Work(
        NodeBody body, Set<String> reads, Map<String, String> tools, Map<String, Object> parameters, int written) {
    public static Work of(Node node) {
        return new Work(
                node.body(), node.state().reads(), node.tools(), node.parameters(), (int) node.state().writes().stream()
                        .filter(key -> !node.copies().containsKey(key))
                        .count());
    }
}
