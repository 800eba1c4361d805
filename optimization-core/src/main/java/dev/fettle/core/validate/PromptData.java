package dev.fettle.core.validate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
            // Code that calls tools may tell them what it reads.
            boolean seeing = SEEING.contains(node.kind())
                    || (node.kind() == NodeKind.FUNCTION && !node.tools().isEmpty());
            if (!seeing) {
                continue;
            }
            Node before = original.node(node.id())
                    .filter(old -> old.kind() == node.kind())
                    .orElse(null);
            if (before != null ? seesMore(before, node) : seesMoreThanAny(original, node)) {
                Set<String> keys = before == null ? new TreeSet<>(node.state().reads()) : more(before, node);
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
        return !after.state().known() || !more(before, after).isEmpty();
    }

    /** Keys that the other reads or shows, and this one does not. */
    private static Set<String> more(Node before, Node after) {
        Set<String> shown = new TreeSet<>(seen(after));
        shown.removeAll(seen(before));
        Set<String> more = new TreeSet<>(after.state().reads());
        more.removeAll(before.state().reads());
        more.addAll(shown);
        return more;
    }

    /** The keys of which something is shown: those that a prompt names, that arguments are taken from, or else all that are read. */
    private static Set<String> seen(Node node) {
        if (node.body() instanceof NodeBody.Agent agent) {
            return named(agent.prompt(), node);
        }
        if (node.body() instanceof NodeBody.Human human) {
            return named(human.prompt(), node);
        }
        if (node.body() instanceof NodeBody.Team team) {
            Set<String> seen = new TreeSet<>();
            team.members().forEach(member -> named(member.prompt(), node)
                    .forEach(key -> seen.add(key + " (by '" + member.id() + "')")));
            return seen;
        }
        if (node.body() instanceof NodeBody.Tool tool) {
            return new TreeSet<>(tool.arguments().values());
        }
        return new TreeSet<>(node.state().reads());
    }

    private static Set<String> named(String prompt, Node node) {
        return node.state().reads().stream()
                .filter(key -> prompt.contains("{" + key + "}"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A node that was not there before may see what one of its kind saw. */
    private static boolean seesMoreThanAny(Workflow original, Node node) {
        return original.allNodes().stream()
                .filter(before -> before.kind() == node.kind())
                .allMatch(before -> seesMore(before, node));
    }
}
