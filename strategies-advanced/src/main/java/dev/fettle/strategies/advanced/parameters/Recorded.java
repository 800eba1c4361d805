package dev.fettle.strategies.advanced.parameters;

import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.NodeOccurrence;
import java.util.List;

/** What was recorded of a node in the sampled runs. */
final class Recorded {
    private Recorded() {}

    static List<NodeOccurrence> occurrences(PerformanceProfile profile, String node) {
        return profile.sample().stream()
                .flatMap(trace -> trace.occurrences().stream())
                .filter(occurrence -> occurrence.node().equals(node))
                .toList();
    }
}
