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
 * @param suggestions what it suggested
 * @param seconds that it took
 */
public record Explanation(
        InstalledPlugin strategy,
        String needs,
        SortedMap<String, Long> found,
        List<Bottleneck> applicable,
        List<Suggestion> suggestions,
        double seconds) {
    public Explanation {
        applicable = List.copyOf(applicable);
        suggestions = List.copyOf(suggestions);
    }

    /** One sentence. */
    public String verdict() {
        if (!suggestions.isEmpty()) {
            return "it fired: " + suggestions.size() + (suggestions.size() == 1 ? " suggestion" : " suggestions");
        }
        return applicable.isEmpty()
                ? "it did not fire: none of the bottlenecks that were found is of a type that it looks at"
                : "it did not fire: of the " + applicable.size()
                        + " bottlenecks that it looks at, none comes with the evidence that it needs";
    }
}
