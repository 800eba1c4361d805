package dev.fettle.core.validate;

import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node, or a tool as called by a node, whose effects are external or unknown.
 *
 * @param tool null where the node itself has the effect
 */
record EffectUnit(String node, @Nullable String tool) {
    /** The units of a workflow in definition order. A node with effects of its own stands for the tools that it calls, too. */
    static List<EffectUnit> of(Workflow workflow) {
        List<EffectUnit> units = new ArrayList<>();
        for (Node node : workflow.allNodes()) {
            if (!node.members().isEmpty()) {
                continue;
            }
            if (effects(node).mustKeep()) {
                units.add(new EffectUnit(node.id(), null));
                continue;
            }
            for (String tool : node.answeringTools()) {
                if (workflow.tool(tool)
                        .map(ToolSpec::effects)
                        .orElse(Effects.UNKNOWN)
                        .mustKeep()) {
                    units.add(new EffectUnit(node.id(), tool));
                }
            }
        }
        return units;
    }

    /** A comparison does nothing, and a person is outside. */
    private static Effects effects(Node node) {
        NodeBody body = node.body();
        if (body instanceof NodeBody.Human) {
            return Effects.EXTERNAL;
        }
        boolean comparison = body instanceof NodeBody.Condition condition && condition.comparison() != null;
        return comparison ? Effects.NONE : node.effects();
    }

    boolean isAnsweredBy(RecordedEffect effect) {
        // What another workflow does inside is recorded under its path.
        return effect.node().startsWith(node + "/")
                || (effect.node().equals(node) && (tool == null ? effect.tool() == null : tool.equals(effect.tool())));
    }

    String describe() {
        return tool == null ? "node '" + node + "'" : "tool '" + tool + "' of node '" + node + "'";
    }
}
