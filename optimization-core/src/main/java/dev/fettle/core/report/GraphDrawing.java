package dev.fettle.core.report;

import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workflow as SVG. */
final class GraphDrawing {
    private static final int LABEL_CHARACTERS = 20;
    private static final int DENSE = 60;
    private static final double LOOP_MARGIN = 62;

    private final Html html;
    private final Map<String, NodeProfile> profiles;
    private final boolean after;

    /** What a node became, or was. */
    enum Mark {
        SAME,
        REMOVED,
        CHANGED,
        ADDED
    }

    /** How nodes differ from the other version. */
    interface Marks {
        Mark of(Node node);
    }

    /**
     * @param profiles of the original, shown in the boxes, by node
     * @param after whether the drawing is of the changed version
     */
    GraphDrawing(Html html, Map<String, NodeProfile> profiles, boolean after) {
        this.html = html;
        this.profiles = profiles;
        this.after = after;
    }

    void draw(Workflow workflow, Marks marks, String title) {
        GraphLayout layout = GraphLayout.of(workflow);
        double width = layout.width() + (workflow.edges().stream().anyMatch(layout::closesLoop) ? LOOP_MARGIN : 0);
        html.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                String.format(Locale.ROOT, "0 0 %.0f %.0f", width, layout.height()),
                "width",
                width,
                "height",
                layout.height(),
                "class",
                workflow.edges().size() > DENSE ? "graph dense" : "graph",
                "role",
                "img");
        html.leaf("title", title);
        layout.boxes().values().stream()
                .filter(box -> !box.node().members().isEmpty())
                .forEach(box -> block(box, marks.of(box.node())));
        for (Edge edge : workflow.edges()) {
            GraphLayout.Box from = layout.boxes().get(edge.from());
            GraphLayout.Box to = layout.boxes().get(edge.to());
            if (from != null && to != null) {
                edge(edge, from, to, layout.closesLoop(edge), layout.width());
            }
        }
        layout.boxes().values().forEach(box -> members(box.node(), layout.boxes()));
        layout.boxes().values().stream()
                .filter(box -> box.node().members().isEmpty())
                .forEach(box -> node(box, marks.of(box.node())));
        html.close();
    }

    /** What was measured belongs to the node as it was. */
    private @Nullable NodeProfile measured(Node node, Mark mark) {
        return mark == Mark.ADDED || (after && mark == Mark.CHANGED) ? null : profiles.get(node.id());
    }

    /** Arrows from the members of a block to those that wait for them. */
    private void members(Node block, Map<String, GraphLayout.Box> boxes) {
        MemberFlow flow = new MemberFlow(block.members());
        for (int i = 0; i < block.members().size(); i++) {
            GraphLayout.Box to = boxes.get(block.members().get(i).id());
            for (Node source : flow.direct(i)) {
                GraphLayout.Box from = boxes.get(source.id());
                if (from != null && to != null) {
                    html.open("g", "class", "edge flow");
                    html.leaf(
                            "title",
                            to.node().id() + " waits for " + from.node().id());
                    html.empty("path", "d", down(from, to));
                    html.empty("path", "class", "tip", "d", point(to.centreX(), to.y()));
                    html.close();
                }
            }
        }
    }

    private void block(GraphLayout.Box box, Mark mark) {
        html.open("g", "class", "block " + word(mark));
        html.leaf("title", box.node().id() + " starts each member when what it reads is written");
        html.empty("rect", "x", box.x(), "y", box.y(), "width", box.width(), "height", box.height(), "rx", 10);
        html.leaf(
                "text",
                Labels.shorten(box.node().id(), LABEL_CHARACTERS * 2) + " · each starts when its inputs are there",
                "x",
                box.x() + 12,
                "y",
                box.y() + 15,
                "class",
                "sub");
        html.close();
    }

    private void node(GraphLayout.Box box, Mark mark) {
        Node node = box.node();
        NodeProfile profile = measured(node, mark);
        html.open("g", "class", "node " + word(mark) + " in-" + node.kind().word());
        html.leaf("title", tooltip(node, profile, mark));
        html.empty("rect", "x", box.x(), "y", box.y(), "width", box.width(), "height", box.height(), "rx", 7);
        html.empty(
                "rect",
                "x",
                box.x() + 5,
                "y",
                box.y() + 8,
                "width",
                4,
                "height",
                box.height() - 16,
                "rx",
                2,
                "class",
                "stripe " + kind(node.kind()));
        double textX = box.x() + 17;
        html.leaf("text", Labels.shorten(node.id(), LABEL_CHARACTERS), "x", textX, "y", box.y() + 19, "class", "name");
        html.leaf("text", caption(node, profile), "x", textX, "y", box.y() + 34, "class", "sub");
        if (profile != null && profile.share() > 0) {
            double full = box.width() - 22;
            html.empty(
                    "rect",
                    "x",
                    textX,
                    "y",
                    box.y() + box.height() - 7,
                    "width",
                    Math.max(1, full * Math.min(1, profile.share())),
                    "height",
                    3,
                    "rx",
                    1.5,
                    "class",
                    "heat");
        }
        if (mark == Mark.REMOVED) {
            html.empty(
                    "line",
                    "x1",
                    box.x() + 14,
                    "y1",
                    box.y() + 15,
                    "x2",
                    box.x()
                            + Math.min(
                                    box.width() - 8,
                                    24
                                            + 7.0
                                                    * Math.min(
                                                            LABEL_CHARACTERS,
                                                            node.id().length())),
                    "y2",
                    box.y() + 15,
                    "class",
                    "strike");
        }
        html.close();
    }

    private static String caption(Node node, @Nullable NodeProfile profile) {
        String kind = node.kind().word();
        return profile == null || profile.occurrences() == 0 ? kind : kind + " · " + Format.mean(profile.duration());
    }

    private static String tooltip(Node node, @Nullable NodeProfile profile, Mark mark) {
        StringBuilder text =
                new StringBuilder(node.id()).append("\n").append(node.kind().word());
        switch (mark) {
            case REMOVED -> text.append(", removed by the plan");
            case CHANGED -> text.append(", changed by the plan");
            case ADDED -> text.append(", not in the original");
            case SAME -> {}
        }
        if (node.state().known()) {
            text.append("\nreads ").append(String.join(", ", node.state().reads()));
            text.append("\nwrites ").append(String.join(", ", node.state().writes()));
        }
        if (profile != null) {
            text.append("\n").append(Format.count(profile.occurrences())).append(" occurrences, mean ");
            text.append(Format.mean(profile.duration())).append(", ");
            text.append(Format.percent(profile.share())).append(" of the time (measured)");
        }
        return text.toString();
    }

    private void edge(Edge edge, GraphLayout.Box from, GraphLayout.Box to, boolean loop, double right) {
        boolean column = !loop && to.x() > from.x() + from.width();
        if (column && to.y() <= from.y()) {
            html.open("g", "class", "edge");
            html.empty("path", "d", nextColumn(from, to));
            html.empty("path", "class", "tip", "d", point(to.centreX(), to.y()));
            html.close();
            return;
        }
        boolean sideways = loop || to.y() <= from.y();
        String path = sideways ? around(from, to, right) : down(from, to);
        html.open("g", "class", loop ? "edge loop" : "edge");
        html.empty("path", "d", path);
        double tipX = sideways ? to.x() + to.width() : to.centreX();
        double tipY = sideways ? to.y() + to.height() / 2 : to.y();
        html.empty("path", "class", "tip", "d", sideways ? left(tipX, tipY) : point(tipX, tipY));
        String label = label(edge);
        if (!label.isEmpty()) {
            html.leaf(
                    "text",
                    Labels.shorten(label, 20),
                    "x",
                    sideways
                            ? (from.x() + from.width() + to.x() + to.width()) / 8 + 0.75 * (right + 24) + 5
                            : (from.centreX() + to.centreX()) / 2 + 6,
                    "y",
                    sideways ? (from.y() + to.y() + from.height()) / 2 + 4 : to.y() - GraphLayout.GAP_Y / 2 + 4,
                    "class",
                    "sub");
        }
        html.close();
    }

    private static String label(Edge edge) {
        String when = edge.when();
        Integer most = edge.maxTraversals();
        return (when == null ? "" : when)
                + (when != null && most != null ? " " : "")
                + (most == null ? "" : "≤ " + most + "×");
    }

    private static String down(GraphLayout.Box from, GraphLayout.Box to) {
        double bend = Math.min(60, (to.y() - from.bottom()) / 2);
        return String.format(
                Locale.ROOT,
                "M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f",
                from.centreX(),
                from.bottom(),
                from.centreX(),
                from.bottom() + bend,
                to.centreX(),
                to.y() - bend - 4,
                to.centreX(),
                to.y() - 5);
    }

    /** From the foot of a column to the head of the next, between the two. */
    private static String nextColumn(GraphLayout.Box from, GraphLayout.Box to) {
        double between = (from.x() + from.width() + to.x()) / 2;
        return String.format(
                Locale.ROOT,
                "M%.1f %.1f V%.1f H%.1f V%.1f H%.1f V%.1f",
                from.centreX(),
                from.bottom(),
                from.bottom() + 14,
                between,
                to.y() - 18,
                to.centreX(),
                to.y() - 5);
    }

    private static String around(GraphLayout.Box from, GraphLayout.Box to, double right) {
        double startX = from.x() + from.width();
        double startY = from.y() + from.height() / 2;
        double endX = to.x() + to.width();
        double endY = to.y() + to.height() / 2;
        return String.format(
                Locale.ROOT,
                "M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f",
                startX,
                startY,
                right + 24,
                startY,
                right + 24,
                endY,
                endX + 5,
                endY);
    }

    private static String point(double x, double y) {
        return String.format(Locale.ROOT, "M%.1f %.1f L%.1f %.1f L%.1f %.1f Z", x, y, x - 4.5, y - 8, x + 4.5, y - 8);
    }

    private static String left(double x, double y) {
        return String.format(Locale.ROOT, "M%.1f %.1f L%.1f %.1f L%.1f %.1f Z", x, y, x + 8, y - 4.5, x + 8, y + 4.5);
    }

    static String kind(NodeKind kind) {
        return "k-" + kind.word();
    }

    private static String word(Mark mark) {
        return mark.name().toLowerCase(Locale.ROOT);
    }
}
