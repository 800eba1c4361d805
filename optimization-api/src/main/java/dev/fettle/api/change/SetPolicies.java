package dev.fettle.api.change;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;

/**
 * Sets how a node is run: its timeout, retries, cache and batches. Refused where a cache or a batch is for something whose
 * effects are external or unknown.
 */
public record SetPolicies(String node, Policies policies) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        Node target = workflow.node(node).orElse(null);
        if (target == null) {
            return Rewrites.missing(node);
        }
        Policies.Cache cache = policies.cache();
        if (cache != null) {
            boolean external = cache.tool() == null
                    ? target.effects().mustKeep()
                    : workflow.tool(cache.tool()).map(SetPolicies::mustKeep).orElse(true);
            if (external) {
                return ChangeResult.refused("a cache for (" + (cache.tool() == null ? node : cache.tool())
                        + ") would drop external or unknown effects");
            }
        }
        Policies.Batch batch = policies.batch();
        if (batch != null && !workflow.tool(batch.tool()).map(ToolSpec::batch).orElse(false)) {
            return ChangeResult.refused("the tool (" + batch.tool() + ") declares no batch form");
        }
        return Rewrites.mapNode(
                workflow, node, before -> before.toBuilder().policies(policies).build());
    }

    private static boolean mustKeep(ToolSpec tool) {
        return tool.effects().mustKeep();
    }

    @Override
    public String describe() {
        return "set policies of '" + node + "' to " + policies;
    }
}
