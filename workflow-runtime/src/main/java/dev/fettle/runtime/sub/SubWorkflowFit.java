package dev.fettle.runtime.sub;

import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Whether a sub-workflow node declares what its workflow needs, gives and does. */
public final class SubWorkflowFit {
    private SubWorkflowFit() {}

    /** What does not fit, one sentence each. */
    public static List<String> problems(String path, Node node, Workflow workflow) {
        List<String> problems = new ArrayList<>();
        if (node.state().known()) {
            Set<String> missing = new TreeSet<>(workflow.inputs());
            missing.removeAll(node.state().reads());
            if (!missing.isEmpty()) {
                problems.add("the node (" + path + ") does not read " + missing + ", which its workflow ("
                        + workflow.id() + ") needs; expected all of " + workflow.inputs() + " among its reads");
            }
            Set<String> unknown = new TreeSet<>(node.state().writes());
            unknown.removeAll(node.copies().keySet());
            unknown.removeAll(workflow.outputs());
            if (!workflow.outputs().isEmpty() && !unknown.isEmpty()) {
                problems.add("the node (" + path + ") writes " + unknown + ", which its workflow (" + workflow.id()
                        + ") does not give; expected only " + workflow.outputs());
            }
        }
        Effects effects = workflow.nodes().stream()
                .filter(inner -> inner.kind() != NodeKind.SUB_WORKFLOW)
                .map(workflow::effectsOf)
                .reduce(Effects.NONE, Effects::and);
        if (node.effects().compareTo(effects) < 0) {
            problems.add("the node (" + path + ") declares the effects ("
                    + node.effects().name().toLowerCase(Locale.ROOT) + "), and its workflow ("
                    + workflow.id() + ") has (" + effects.name().toLowerCase(Locale.ROOT)
                    + "); expected no less than those");
        }
        return problems;
    }
}
