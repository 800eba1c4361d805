package dev.fettle.core.validate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What agents and teams get to see: a rewritten workflow shows them no state key that they did not see before. */
final class PromptData {
    private PromptData() {}

    /** Where a prompt would see more, one sentence each. */
    static List<String> widened(Workflow original, Workflow candidate) {
        List<String> widened = new ArrayList<>();
        for (Node node : candidate.allNodes()) {
            if (!isPrompted(node)) {
                continue;
            }
            Node before =
                    original.node(node.id()).filter(PromptData::isPrompted).orElse(null);
            if (before != null ? seesMore(before, node) : seesMoreThanAny(original, node)) {
                TreeSet<String> keys = new TreeSet<>(node.state().reads());
                if (before != null) {
                    keys.removeAll(before.state().reads());
                }
                widened.add("the prompt of '" + node.id() + "' would see "
                        + (node.state().known() ? keys : "any state key") + ", which it did not see before");
            }
        }
        return widened;
    }

    private static boolean isPrompted(Node node) {
        return node.kind() == NodeKind.AGENT || node.kind() == NodeKind.TEAM;
    }

    /** A node whose keys are not known may see any. */
    private static boolean seesMore(Node before, Node after) {
        if (!before.state().known()) {
            return false;
        }
        return !after.state().known()
                || !before.state().reads().containsAll(after.state().reads());
    }

    /** A prompt that was not there before may see what one of the others saw. */
    private static boolean seesMoreThanAny(Workflow original, Node node) {
        return original.allNodes().stream().filter(PromptData::isPrompted).allMatch(before -> seesMore(before, node));
    }
}
