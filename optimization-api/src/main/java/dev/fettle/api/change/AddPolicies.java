package dev.fettle.api.change;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;

/**
 * Gives a node those policies that are declared here and leaves its others as they are, so that several such changes of one
 * node can be applied together. Refused where {@link SetPolicies} would be.
 *
 * <pre>
 *   search: timeout 30s      becomes      search: timeout 30s, cache {tool: index}
 * </pre>
 */
@Stable
public record AddPolicies(String node, Policies policies) implements WorkflowChange {

    @Override
    public ChangeResult apply(Workflow workflow) {
        Node target = workflow.node(node).orElse(null);
        return target == null
                ? Rewrites.missing(node)
                : new SetPolicies(node, target.policies().with(policies)).apply(workflow, target);
    }

    @Override
    public String describe() {
        return "run '" + node + "' with " + policies.words();
    }
}
