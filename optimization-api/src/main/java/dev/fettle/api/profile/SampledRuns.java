package dev.fettle.api.profile;

import dev.fettle.api.Evolving;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a profile's sampled runs recorded of some nodes, found in one walk over the sample. */
@Evolving
public final class SampledRuns {
    private final Map<String, List<Seen>> byNode = new HashMap<>();

    /** An occurrence and the run that it is of. */
    public record Seen(ExecutionTrace trace, NodeOccurrence occurrence) {}

    private SampledRuns() {}

    /** @param nodes that will be asked for */
    public static SampledRuns of(PerformanceProfile profile, Collection<String> nodes) {
        SampledRuns runs = new SampledRuns();
        nodes.forEach(node -> runs.byNode.put(node, new ArrayList<>()));
        if (!nodes.isEmpty()) {
            for (ExecutionTrace trace : profile.sample()) {
                for (NodeOccurrence occurrence : trace.occurrences()) {
                    List<Seen> seen = runs.byNode.get(occurrence.node());
                    if (seen != null) {
                        seen.add(new Seen(trace, occurrence));
                    }
                }
            }
        }
        return runs;
    }

    /** By run, in the order of the sample; within a run as recorded. Empty for a node that was not named. */
    public List<Seen> of(String node) {
        return List.copyOf(byNode.getOrDefault(node, List.of()));
    }

    /** The occurrences alone. */
    public List<NodeOccurrence> occurrences(String node) {
        return byNode.getOrDefault(node, List.of()).stream()
                .map(Seen::occurrence)
                .toList();
    }
}
