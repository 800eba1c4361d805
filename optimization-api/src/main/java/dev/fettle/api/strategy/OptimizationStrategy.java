package dev.fettle.api.strategy;

import dev.fettle.api.Plugin;
import dev.fettle.api.Stable;
import dev.fettle.api.detect.Bottleneck;
import java.util.List;

/**
 * Proposes changes to a workflow. Registered with {@code @AutoService(OptimizationStrategy.class)}.
 *
 * <p>A strategy says what would change and why; what the change gains is found by replaying recorded traces, and the
 * strategy adds only what a replay cannot know, as {@link ExpectedOutcome}s. Without evidence it stays silent.
 *
 * <p>For one input a strategy is asked once, by one thread; other strategies may be asked at the same time by other threads,
 * with the same workflow, profile and catalogue, which none of them changes. What strategies share beyond these must be safe
 * for use by several threads.
 */
@Stable
public interface OptimizationStrategy extends Plugin {
    /** What evidence the strategy needs, one sentence for a person; empty where it does not say. */
    default String needs() {
        return "";
    }

    /** Whether the strategy may have something to say about this bottleneck. */
    boolean appliesTo(Bottleneck bottleneck);

    /** Suggestions for the context's bottlenecks, in a reproducible order; empty where there are none. */
    List<Suggestion> suggest(StrategyContext context);
}
