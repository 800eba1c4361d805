package dev.fettle.core.optimize;

import java.util.List;

/**
 * A condition that kept a strategy from changing something.
 *
 * @param condition what was not as the strategy needs it
 * @param candidates what it stopped, each once, in the order in which the strategy looked
 */
public record StoppedBy(String condition, List<String> candidates) {
    public StoppedBy {
        candidates = List.copyOf(candidates);
    }
}
