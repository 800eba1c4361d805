package dev.fettle.core.estimate;

import java.util.Map;

/**
 * How long computing takes while both processors of a machine are busy, in times of what it takes alone. Processors share
 * caches and memory, are two threads of one core, or are lent by a busy host; what starts many processes mostly suffers more
 * than what stays in its cache.
 *
 * @param mean over all that computes, weighted by time; between 1 and 2
 * @param byNode the same for each node that was measured; empty where nothing was
 */
public record Interference(double mean, Map<String, Double> byNode) {
    /** Nothing was measured, and processors are taken to be independent. */
    public static final Interference NONE = new Interference(1, Map.of());

    public Interference {
        byNode = Map.copyOf(byNode);
        requirePlausible("all nodes", mean);
        byNode.forEach((node, slowdown) -> requirePlausible("the node '" + node + "'", slowdown));
    }

    private static void requirePlausible(String of, double slowdown) {
        if (!(slowdown >= 1 && slowdown <= 2)) {
            throw new IllegalArgumentException("the slowdown of " + of + " beside other work (" + slowdown
                    + ") is not usable; expected 1 to 2 times the time alone");
        }
    }

    boolean measured() {
        return !byNode.isEmpty();
    }

    /** Of a node that was not measured, the mean. */
    public double of(String node) {
        return byNode.getOrDefault(node, mean);
    }
}
