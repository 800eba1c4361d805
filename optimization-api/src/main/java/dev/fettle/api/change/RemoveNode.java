package dev.fettle.api.change;

import dev.fettle.api.workflow.DataFlow;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.List;

/**
 * Takes a node out and joins its neighbours.
 *
 * <pre>
 *   a ──▶ node ──▶ b      becomes      a ──▶ b
 * </pre>
 *
 * Refused where the node is a condition, or the last writer of a key that is an output or that another node reads.
 */
public record RemoveNode(String node) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        Node removed = workflow.node(node).orElse(null);
        if (removed == null) {
            return Rewrites.missing(node);
        }
        DataFlow flow = DataFlow.of(workflow);
        for (Node leaf : removed.members().isEmpty() ? List.of(removed) : removed.members()) {
            for (String key : leaf.state().writes()) {
                if (workflow.outputs().contains(key) && onlyWriter(workflow, flow, key)) {
                    return ChangeResult.refused("(" + node + ") is the only writer of the output (" + key + ")");
                }
            }
        }
        Workflow without = Rewrites.without(workflow, node);
        if (without == null) {
            return ChangeResult.refused("(" + node + ") cannot be taken out: it is a "
                    + removed.kind().word() + " on which the graph depends");
        }
        return Rewrites.checked(workflow, without);
    }

    private boolean onlyWriter(Workflow workflow, DataFlow flow, String key) {
        return !workflow.inputs().contains(key)
                && flow.writers(key).stream()
                        .allMatch(writer -> writer.equals(node)
                                || workflow.parent(writer)
                                        .map(parent -> parent.id().equals(node))
                                        .orElse(false));
    }

    @Override
    public String describe() {
        return "remove node '" + node + "'";
    }
}
