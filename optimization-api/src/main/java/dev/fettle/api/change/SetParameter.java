package dev.fettle.api.change;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Workflow;

/**
 * Sets one parameter of a node.
 *
 * @param value a JSON value, not null
 */
@Stable
public record SetParameter(String node, String name, Object value) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        return Rewrites.mapNode(workflow, node, before -> before.toBuilder()
                .parameters(Rewrites.with(before.parameters(), name, value))
                .build());
    }

    @Override
    public String describe() {
        return "set " + name + " of '" + node + "' to " + value;
    }
}
