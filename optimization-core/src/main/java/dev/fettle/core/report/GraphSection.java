package dev.fettle.core.report;

import dev.fettle.api.plan.Plan;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.report.GraphDrawing.Mark;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The workflow before and after. */
final class GraphSection {
    private static final int SIDE_BY_SIDE = 30;

    private GraphSection() {}

    static void write(Html html, ReportModel model) {
        ReportInput input = model.input();
        Workflow before = input.before();
        Plan plan = input.plan();
        Map<String, NodeProfile> profiles = input.profile().nodes();
        html.open("section", "id", "graph").leaf("h2", "The workflow");
        if (plan == null || plan.suggestions().isEmpty()) {
            html.open("div", "class", "panes one");
            pane(html, "As it is", before, node -> Mark.SAME, profiles, false);
        } else {
            Workflow after = plan.workflow();
            html.open("div", "class", before.allNodes().size() <= SIDE_BY_SIDE ? "panes" : "panes one");
            Map<String, Node> later = after.nodesById();
            Map<String, Node> earlier = before.nodesById();
            pane(html, "Before", before, node -> was(node, later.get(node.id())), profiles, false);
            pane(html, "After the plan", after, node -> became(node, earlier.get(node.id())), profiles, true);
        }
        html.close();
        html.open("p", "class", "legend");
        key(html, "k-agent", "agent");
        key(html, "k-tool", "tool");
        key(html, "k-function", "function");
        key(html, "k-command", "command");
        key(html, "k-condition", "condition");
        key(html, "k-human", "human");
        if (plan != null) {
            key(html, "mark-removed", "removed");
            key(html, "mark-changed", "changed");
            key(html, "mark-added", "added");
        }
        key(html, "heat", "share of the time, measured in the original");
        html.close().close();
    }

    private static void pane(
            Html html,
            String title,
            Workflow workflow,
            GraphDrawing.Marks marks,
            Map<String, NodeProfile> profiles,
            boolean after) {
        html.open("figure").open("figcaption").leaf("strong", title);
        long leaves = workflow.allNodes().stream()
                .filter(node -> node.members().isEmpty())
                .count();
        html.leaf("span", Format.plural(leaves, "node"), "class", "muted").close();
        new GraphDrawing(html, profiles, after).draw(workflow, marks, title + ": " + workflow.id());
        html.close();
    }

    private static Mark was(Node node, @Nullable Node later) {
        if (later == null) {
            return node.members().isEmpty() ? Mark.REMOVED : Mark.SAME;
        }
        return node.members().isEmpty() && !later.equals(node) ? Mark.CHANGED : Mark.SAME;
    }

    private static Mark became(Node node, @Nullable Node earlier) {
        if (earlier == null) {
            return Mark.ADDED;
        }
        return node.members().isEmpty() && !earlier.equals(node) ? Mark.CHANGED : Mark.SAME;
    }

    private static void key(Html html, String style, String name) {
        html.open("span", "class", "key")
                .leaf("i", "", "class", style)
                .text(name)
                .close();
    }
}
