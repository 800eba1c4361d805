package dev.fettle.core.optimize;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.core.plugin.InstalledPlugin;
import java.util.List;
import java.util.SortedMap;

/**
 * Why a strategy did or did not fire on an input.
 *
 * @param needs what evidence it needs; empty where it does not say
 * @param found bottlenecks of any type, by type
 * @param applicable those that the strategy looks at
 * @param known what is known of the nodes and tools that these name, one sentence each
 * @param suggestions what it suggested
 * @param stopped the conditions that were not met; empty where the strategy does not say
 * @param rules every detector in the order of their names, then the strategy
 */
public record Explanation(
        InstalledPlugin strategy,
        String needs,
        SortedMap<String, Long> found,
        List<Bottleneck> applicable,
        List<String> known,
        List<Suggestion> suggestions,
        List<StoppedBy> stopped,
        List<RuleUse> rules) {
    public Explanation {
        applicable = List.copyOf(applicable);
        known = List.copyOf(known);
        suggestions = List.copyOf(suggestions);
        stopped = List.copyOf(stopped);
        rules = List.copyOf(rules);
    }

    /** One sentence. */
    public String verdict() {
        if (!suggestions.isEmpty()) {
            return "it fired: " + suggestions.size() + (suggestions.size() == 1 ? " suggestion" : " suggestions");
        }
        if (found.isEmpty()) {
            return "it did not fire: no bottleneck was found";
        }
        if (applicable.isEmpty()) {
            return "it did not fire: none of the bottlenecks that were found is of a type that it looks at";
        }
        return "it did not fire: "
                + (applicable.size() == 1
                        ? "the bottleneck that it looks at does not come"
                        : "none of the " + applicable.size() + " bottlenecks that it looks at comes")
                + " with the evidence that it needs";
    }
}
