package dev.fettle.core.suggest;

import dev.fettle.api.strategy.Suggestion;
import java.util.List;

/**
 * What one strategy answered.
 *
 * @param suggestions in the strategy's own order; empty also where no bottleneck is of a type that it looks at
 * @param seconds that it took, on the wall clock; others may have run beside it
 */
public record StrategyAnswer(String strategy, List<Suggestion> suggestions, double seconds) {
    public StrategyAnswer {
        suggestions = List.copyOf(suggestions);
    }
}
