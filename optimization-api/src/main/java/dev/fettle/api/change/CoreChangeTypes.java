package dev.fettle.api.change;

import dev.fettle.api.Stable;
import java.util.Map;

/** The kinds of change that every Fettle knows. */
@Stable
public final class CoreChangeTypes implements ChangeTypes {
    @Override
    public Map<String, Class<? extends WorkflowChange>> types() {
        return Map.of(
                "remove_node", RemoveNode.class,
                "merge_nodes", MergeNodes.class,
                "create_parallel_node", Parallelize.class,
                "substitute_tool", SubstituteTool.class,
                "substitute_model", SubstituteModel.class,
                "set_policies", SetPolicies.class,
                "add_policies", AddPolicies.class,
                "set_prompt", SetPrompt.class,
                "set_parameter", SetParameter.class);
    }
}
