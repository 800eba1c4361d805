package dev.fettle.core.validate;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.prove.ResolvedWork;
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
    private static final Set<NodeKind> CODE = Set.of(NodeKind.FUNCTION, NodeKind.COMMAND);

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
        List<EffectUnit> held = EffectUnit.withIdempotent(original);
        List<String> lost = new ArrayList<>();
        if (held.isEmpty()) {
            return lost;
        }
        Guards before = new Guards(original);
        Guards after = new Guards(candidate);
        GuardInputs inputs = new GuardInputs(original, candidate);
        for (Node node : original.allNodes()) {
            if (candidate.node(node.id()).isPresent() && before.isGuard(node, units)) {
                lost.addAll(inputs.changes(node));
            }
            for (EffectUnit unit : held) {
                if (candidate.node(unit.node()).isEmpty() || unit.node().equals(node.id())) {
                    continue;
                }
                if (node.kind() == NodeKind.CONDITION) {
                    before.condition(node, unit, after, lost);
                } else if (isCheck(node) && before.precedence.guards(node.id(), unit.node())) {
                    boolean kept = after.isUnchanged(node, original) && after.precedence.guards(node.id(), unit.node());
                    if (!kept) {
                        lost.add("the effect of " + unit.describe() + " would no longer wait for the check '"
                                + node.id() + "', which writes nothing and so is there to fail");
                    }
                }
            }
        }
        return lost;
    }

    private boolean isGuard(Node node, List<EffectUnit> units) {
        for (EffectUnit unit : units) {
            boolean guards = !unit.node().equals(node.id()) && precedence.guards(node.id(), unit.node());
            if (guards && (isCheck(node) || node.kind() == NodeKind.HUMAN)) {
                return true;
            }
            if (node.kind() == NodeKind.CONDITION
                    && labels(node).stream().anyMatch(label -> onlyThrough(node.id(), label, unit))) {
                return true;
            }
        }
        return false;
    }

    private Set<String> labels(Node condition) {
        Set<String> labels = new TreeSet<>();
        workflow.outgoing(condition.id()).forEach(edge -> labels.add(String.valueOf(edge.when())));
        return labels;
    }

    /**
     * Nodes that ran before an effect in every run, and could hold it back by failing, and that are gone or may come later; one
     * sentence each. A node for the same in its place is as good; so is another model or tool, but not other code.
     */
    static List<String> mayFailLater(Workflow original, Workflow candidate) {
        Guards before = new Guards(original);
        Guards after = new Guards(candidate);
        List<String> later = new ArrayList<>();
        for (EffectUnit unit : EffectUnit.withIdempotent(original)) {
            boolean question = original.node(unit.node()).orElseThrow().kind() == NodeKind.HUMAN;
            for (Node node : question ? List.<Node>of() : original.allNodes()) {
                boolean stood = node.members().isEmpty()
                        && !isCheck(node)
                        && node.kind() != NodeKind.HUMAN
                        && node.kind() != NodeKind.CONDITION
                        && !node.id().equals(unit.node())
                        && candidate.node(unit.node()).isPresent()
                        && before.precedence.guards(node.id(), unit.node());
                if (stood && !after.standsBefore(original, node, unit)) {
                    later.add("should '" + node.id() + "' fail, that would no longer hold back the effect of "
                            + unit.describe());
                }
            }
        }
        for (Edge edge : original.edges()) {
            Integer limit = edge.maxTraversals();
            boolean shorter = limit != null
                    && candidate.edges().stream()
                            .anyMatch(other -> edge.isSameWay(other)
                                    && other.maxTraversals() != null
                                    && other.maxTraversals() < limit);
            for (EffectUnit unit : shorter ? EffectUnit.of(original) : List.<EffectUnit>of()) {
                if (before.follows(unit, edge.from())) {
                    later.add("the loop from '" + edge.from() + "' back to '" + edge.to()
                            + "' would end after fewer rounds, and then the effect of " + unit.describe() + " comes");
                }
            }
        }
        return later;
    }

    private boolean follows(EffectUnit unit, String from) {
        return reachedFrom(from, null, "").contains(tops.getOrDefault(unit.node(), unit.node()));
    }

    private boolean standsBefore(Workflow original, Node node, EffectUnit unit) {
        return workflow.allNodes().stream()
                .filter(other -> (other.id().equals(node.id()) && !CODE.contains(node.kind()))
                        || Purpose.isShared(workflow, other, original, node))
                .anyMatch(other -> precedence.guards(other.id(), unit.node()));
    }

    private static boolean isCheck(Node node) {
        return node.members().isEmpty()
                && node.kind() != NodeKind.HUMAN
                && node.state().known()
                && node.state().writes().isEmpty()
                && node.effects() == Effects.NONE;
    }

    private void condition(Node condition, EffectUnit unit, Guards after, List<String> lost) {
        for (String label : labels(condition)) {
            if (onlyThrough(condition.id(), label, unit)
                    && !(after.isUnchanged(condition, workflow) && after.onlyThrough(condition.id(), label, unit))) {
                lost.add("the effect of " + unit.describe() + " would no longer depend on the condition '"
                        + condition.id() + "' being '" + label + "'");
            }
        }
    }

    private boolean isUnchanged(Node before, Workflow original) {
        return workflow.node(before.id())
                .filter(node -> ResolvedWork.isShared(original, before, workflow, node))
                .isPresent();
    }

    /** Whether the unit is reached, and not without this label of the condition. */
    private boolean onlyThrough(String condition, String label, EffectUnit unit) {
        String target = tops.getOrDefault(unit.node(), unit.node());
        return reached(null, "").contains(target) && !reached(condition, label).contains(target);
    }

    private Set<String> reached(@Nullable String condition, String label) {
        return reachedFrom(workflow.entry(), condition, label);
    }

    private Set<String> reachedFrom(String start, @Nullable String condition, String label) {
        Set<String> reached = new HashSet<>(Set.of(start));
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
