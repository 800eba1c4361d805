package dev.fettle.core.validate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What leaves the workflow: a rewritten workflow shows agents, teams, people, commands, tools and other workflows no state key
 * that they did not see before.
 */
final class PromptData {
    private static final Set<NodeKind> SEEING = Set.of(
            NodeKind.AGENT, NodeKind.TEAM, NodeKind.HUMAN, NodeKind.COMMAND, NodeKind.TOOL, NodeKind.SUB_WORKFLOW);

    private PromptData() {}

    /** Where a prompt would see more, one sentence each. */
    static List<String> widened(Workflow original, Workflow candidate) {
        List<String> widened = new ArrayList<>();
        for (Node node : candidate.allNodes()) {
            if (!SEEING.contains(node.kind())) {
                continue;
            }
            Node before = original.node(node.id())
                    .filter(old -> old.kind() == node.kind())
                    .orElse(null);
            if (before != null ? seesMore(before, node) : seesMoreThanAny(original, node)) {
                TreeSet<String> keys = new TreeSet<>(node.state().reads());
                if (before != null) {
                    keys.removeAll(before.state().reads());
                }
                widened.add((node.body() instanceof NodeBody.Agent
                                ? "the prompt of '"
                                : "the " + node.kind().word() + " '")
                        + node.id() + "' would see "
                        + (node.state().known() ? keys : "any state key") + ", which it did not see before");
            }
        }
        return widened;
    }

    /** A node whose keys are not known may see any. */
    private static boolean seesMore(Node before, Node after) {
        if (!before.state().known()) {
            return false;
        }
        return !after.state().known()
                || !before.state().reads().containsAll(after.state().reads());
    }

    /** A node that was not there before may see what one of its kind saw. */
    private static boolean seesMoreThanAny(Workflow original, Node node) {
        return original.allNodes().stream()
                .filter(before -> before.kind() == node.kind())
                .allMatch(before -> seesMore(before, node));
    }
}
