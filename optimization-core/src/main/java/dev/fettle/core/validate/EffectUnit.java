package dev.fettle.core.validate;

import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A node, or a tool as called by a node, that has effects: external or unknown ones, where nothing else is said.
 *
 * @param tool null where the node itself has the effect
 */
record EffectUnit(String node, @Nullable String tool) {
    /** The units of a workflow in definition order. A node with effects of its own stands for the tools that it calls, too. */
    static List<EffectUnit> of(Workflow workflow) {
        return of(workflow, Effects::mustKeep);
    }

    /** The same, and those with idempotent effects: what stands before a write may hold it back, too. */
    static List<EffectUnit> withIdempotent(Workflow workflow) {
        return of(workflow, effects -> effects != Effects.NONE);
    }

    private static List<EffectUnit> of(Workflow workflow, Predicate<Effects> counts) {
        List<EffectUnit> units = new ArrayList<>();
        for (Node node : workflow.allNodes()) {
            if (!node.members().isEmpty()) {
                continue;
            }
            if (counts.test(effects(node))) {
                units.add(new EffectUnit(node.id(), null));
                continue;
            }
            for (String tool : node.answeringTools()) {
                if (counts.test(workflow.tool(tool).map(ToolSpec::effects).orElse(Effects.UNKNOWN))) {
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
