package dev.fettle.core.validate;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a dry run needs.
 *
 * @param executorSettings the executor's own
 * @param inputs of the runs, used in turn; at least one
 * @param directory the folder of the definition
 * @param answers to outside calls, in place of external effects; where an input has several recorded runs, they answer in turn
 * @param violations what the static checks found
 * @param varying ids of nodes that were seen to give different results for the same
 */
public record DryRunRequest(
        Workflow original,
        Workflow candidate,
        WorkflowExecutor executor,
        Record executorSettings,
        Runners runners,
        ModelCatalogue models,
        Path directory,
        List<Map<String, Object>> inputs,
        EffectPolicy.Replay answers,
        Judges judges,
        VerdictRule rule,
        DryRunSettings settings,
        List<Violation> violations,
        Set<String> varying) {
    public DryRunRequest {
        inputs = List.copyOf(inputs);
        violations = List.copyOf(violations);
        varying = Set.copyOf(varying);
    }
}
