package dev.fettle.api.strategy;

import dev.fettle.api.Stable;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.workflow.Workflow;
import java.util.List;

/**
 * What a strategy looks at, and where it says why it leaves something alone.
 *
 * @param bottlenecks those that the strategy applies to
 * @param refusals takes note of the conditions that were not met
 */
@Stable
public record StrategyContext(
        Workflow workflow,
        PerformanceProfile profile,
        List<Bottleneck> bottlenecks,
        ModelCatalogue models,
        ToolTrials trials,
        Record settings,
        Refusals refusals) {
    public StrategyContext {
        bottlenecks = List.copyOf(bottlenecks);
    }

    /** A context in which nobody asks why the strategy is silent. */
    public StrategyContext(
            Workflow workflow,
            PerformanceProfile profile,
            List<Bottleneck> bottlenecks,
            ModelCatalogue models,
            ToolTrials trials,
            Record settings) {
        this(workflow, profile, bottlenecks, models, trials, settings, Refusals.NONE);
    }

    /** The strategy's own settings. */
    public <S extends Record> S settings(Class<S> type) {
        return type.cast(settings);
    }

    /** The condition itself; where it is not met, that is noted of the candidate, so that a rule reads as a row of them. */
    public boolean holds(String candidate, boolean condition, String otherwise) {
        if (!condition) {
            refusals.refused(candidate, otherwise);
        }
        return condition;
    }

    /** Whether the changes can be applied to the workflow one after the other; where not, that is noted of the candidate. */
    public boolean applies(String candidate, List<WorkflowChange> changes) {
        ChangeResult result = WorkflowChange.applyAll(workflow, changes);
        if (result instanceof ChangeResult.Refused refused) {
            refusals.refused(candidate, "the change is refused: " + refused.reason());
        }
        return result instanceof ChangeResult.Applied;
    }
}
