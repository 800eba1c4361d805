package dev.fettle.api.change;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;

/** Gives an agent node another model. Refused where the node is not an agent, or has it already. */
@Stable
public record SubstituteModel(String node, String model) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        var target = workflow.node(node).orElse(null);
        if (target == null) {
            return Rewrites.missing(node);
        }
        if (!(target.body() instanceof NodeBody.Agent agent)) {
            return ChangeResult.refused("(" + node + ") is a " + target.kind().word() + ", not an agent");
        }
        if (model.equals(agent.model())) {
            return ChangeResult.refused("(" + node + ") uses the model (" + model + ") already");
        }
        return Rewrites.mapNode(workflow, node, before -> before.toBuilder()
                .body(new NodeBody.Agent(model, agent.prompt()))
                .build());
    }

    @Override
    public String describe() {
        return "use model '" + model + "' in '" + node + "'";
    }
}
