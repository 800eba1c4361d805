package dev.fettle.testkit.workflow;

import dev.fettle.api.Evolving;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** A workflow as lines for a person, and the difference of two. Edges are sorted; the order of nodes is kept. */
@Evolving
public final class WorkflowText {
    private WorkflowText() {}

    public static List<String> lines(Workflow workflow) {
        List<String> lines = new ArrayList<>();
        lines.add("workflow " + workflow.id() + ", entry " + workflow.entry() + ", inputs " + workflow.inputs()
                + ", outputs " + workflow.outputs() + (workflow.discovered() ? ", discovered" : ""));
        workflow.tools().forEach(tool -> lines.add(tool.toString()));
        workflow.nodes().forEach(node -> add(node, "", lines));
        workflow.edges().stream().map(WorkflowText::line).sorted().forEach(lines::add);
        return lines;
    }

    private static void add(Node node, String indent, List<String> lines) {
        StringBuilder line = new StringBuilder(indent + node.kind().word() + " " + node.id());
        if (node.members().isEmpty()) {
            line.append(" ").append(node.body());
        }
        line.append(
                node.state().known()
                        ? " " + node.state().reads() + " -> " + node.state().writes()
                        : " state unknown");
        line.append(", effects ").append(node.effects());
        appendUnlessEmpty(line, ", tools ", node.tools().isEmpty(), node.tools());
        appendUnlessEmpty(line, ", copies ", node.copies().isEmpty(), node.copies());
        appendUnlessEmpty(line, ", parameters ", node.parameters().isEmpty(), node.parameters());
        appendUnlessEmpty(line, ", ", node.policies().equals(Policies.NONE), node.policies());
        lines.add(line.toString());
        node.members().forEach(member -> add(member, indent + "  ", lines));
    }

    private static void appendUnlessEmpty(StringBuilder line, String name, boolean empty, Object value) {
        if (!empty) {
            line.append(name).append(value);
        }
    }

    private static String line(Edge edge) {
        return "edge " + edge.from() + " -> " + edge.to()
                + (edge.when() == null ? "" : " when " + edge.when())
                + (edge.maxTraversals() == null ? "" : " at most " + edge.maxTraversals());
    }

    /**
     * The lines of both: {@code -} before those that only the first has, {@code +} before those that only the second has
     * (longest common subsequence).
     */
    public static String difference(Workflow first, Workflow second) {
        List<String> a = lines(first);
        List<String> b = lines(second);
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        StringBuilder text = new StringBuilder();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                text.append("  ").append(a.get(i++)).append('\n');
                j++;
            } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
                text.append("- ").append(a.get(i++)).append('\n');
            } else {
                text.append("+ ").append(b.get(j++)).append('\n');
            }
        }
        return text.toString();
    }
}
