package dev.fettle.core.validate;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What stands before an effect and may stop it: a condition of which one label alone leads there, and a node that writes
 * nothing, does nothing outside and runs before, which can only be there to fail where something is wrong.
 */
final class Guards {
    private final Workflow workflow;
    private final LeafOrder precedence;
    private final Map<String, String> tops = new HashMap<>();

    Guards(Workflow workflow) {
        this.workflow = workflow;
        this.precedence = new LeafOrder(workflow);
        workflow.nodes().forEach(top -> register(top, top.id()));
    }

    private void register(Node node, String top) {
        tops.put(node.id(), top);
        node.members().forEach(member -> register(member, top));
    }

    /** What is wrong with the candidate's guards, one sentence each. */
    static List<String> lost(Workflow original, Workflow candidate) {
        List<EffectUnit> units = EffectUnit.of(original);
        List<String> lost = new ArrayList<>();
        if (units.isEmpty()) {
            return lost;
        }
        Guards before = new Guards(original);
        Guards after = new Guards(candidate);
        for (Node node : original.allNodes()) {
            for (EffectUnit unit : units) {
                if (candidate.node(unit.node()).isEmpty() || unit.node().equals(node.id())) {
                    continue;
                }
                if (node.kind() == NodeKind.CONDITION) {
                    before.condition(node, unit, after, lost);
                } else if (isCheck(node) && before.precedence.guards(node.id(), unit.node())) {
                    boolean kept = after.isUnchanged(node) && after.precedence.guards(node.id(), unit.node());
                    if (!kept) {
                        lost.add("the effect of " + unit.describe() + " would no longer wait for the check '"
                                + node.id() + "', which writes nothing and so is there to fail");
                    }
                }
            }
        }
        return lost;
    }

    private static boolean isCheck(Node node) {
        return node.members().isEmpty()
                && node.kind() != NodeKind.HUMAN
                && node.state().known()
                && node.state().writes().isEmpty()
                && node.effects() == Effects.NONE;
    }

    private void condition(Node condition, EffectUnit unit, Guards after, List<String> lost) {
        Set<String> labels = new TreeSet<>();
        workflow.outgoing(condition.id()).forEach(edge -> labels.add(String.valueOf(edge.when())));
        for (String label : labels) {
            if (onlyThrough(condition.id(), label, unit)
                    && !(after.isUnchanged(condition) && after.onlyThrough(condition.id(), label, unit))) {
                lost.add("the effect of " + unit.describe() + " would no longer depend on the condition '"
                        + condition.id() + "' being '" + label + "'");
            }
        }
    }

    /** Whether a node does the same on the same as in the other version; how it is run does not matter. */
    private boolean isUnchanged(Node before) {
        return workflow.node(before.id())
                .filter(node -> node.body().equals(before.body())
                        && node.state().reads().equals(before.state().reads())
                        && node.parameters().equals(before.parameters()))
                .isPresent();
    }

    /** Whether the unit is reached, and not without this label of the condition. */
    private boolean onlyThrough(String condition, String label, EffectUnit unit) {
        String target = tops.getOrDefault(unit.node(), unit.node());
        return reached(null, "").contains(target) && !reached(condition, label).contains(target);
    }

    private Set<String> reached(@Nullable String condition, String label) {
        Set<String> reached = new HashSet<>(Set.of(workflow.entry()));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            String from = open.remove();
            for (Edge edge : workflow.outgoing(from)) {
                boolean removed =
                        from.equals(condition) && String.valueOf(edge.when()).equals(label);
                if (!removed && reached.add(edge.to())) {
                    open.add(edge.to());
                }
            }
        }
        return reached;
    }
}
