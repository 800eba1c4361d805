package dev.fettle.api.strategy;

import dev.fettle.api.Stable;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.workflow.Workflow;
import java.util.List;

/**
 * What a strategy looks at.
 *
 * @param bottlenecks those that the strategy applies to
 */
@Stable
public record StrategyContext(
        Workflow workflow,
        PerformanceProfile profile,
        List<Bottleneck> bottlenecks,
        ModelCatalogue models,
        ToolTrials trials,
        Record settings) {
    public StrategyContext {
        bottlenecks = List.copyOf(bottlenecks);
    }

    /** The strategy's own settings. */
    public <S extends Record> S settings(Class<S> type) {
        return type.cast(settings);
    }
}
