package dev.fettle.core.report;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Places nodes in layers from top to bottom: layers by longest path, edges that close loops left out; order within a layer
 * by the barycentre of the neighbours above and below (Sugiyama, Tagawa and Toda, 1981). Layers wider than a page wrap, and a long chain
 * goes on in the next column. Members of a block lie in layers by the data that flows between them.
 */
final class GraphLayout {
    static final double WIDTH = 176;
    static final double HEIGHT = 46;
    static final double GAP_X = 22;
    static final double GAP_Y = 40;
    static final double PAD = 12;
    static final double TITLE = 22;
    private static final int SWEEPS = 4;
    private static final int COLUMNS = 5;
    private static final int BLOCK_COLUMNS = 3;
    private static final double MEMBER_GAP = 34;
    private static final int CHAIN_ROWS = 8;
    private static final int CHAIN_COLUMNS = 3;
    private static final double COLUMN_GAP = 52;

    /** A node's rectangle. */
    record Box(Node node, double x, double y, double width, double height) {
        double centreX() {
            return x + width / 2;
        }

        double bottom() {
            return y + height;
        }
    }

    private final Workflow workflow;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Set<Edge> back = new HashSet<>();
    private double width;
    private double height;

    private GraphLayout(Workflow workflow) {
        this.workflow = workflow;
    }

    static GraphLayout of(Workflow workflow) {
        GraphLayout layout = new GraphLayout(workflow);
        layout.findBackEdges();
        layout.place(layout.order(layout.layers()));
        return layout;
    }

    /** Rectangles of all nodes, blocks before their members. */
    Map<String, Box> boxes() {
        return boxes;
    }

    boolean closesLoop(Edge edge) {
        return back.contains(edge);
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    /** Depth first with a stack of our own, since a workflow may be deeper than the thread's. */
    private void findBackEdges() {
        Map<String, List<Edge>> outgoing = outgoing();
        Set<String> done = new HashSet<>();
        List<Node> roots = new ArrayList<>(workflow.nodes());
        roots.sort(Comparator.comparing(node -> !node.id().equals(workflow.entry())));
        for (Node root : roots) {
            Map<String, Integer> next = new LinkedHashMap<>();
            List<String> path = new ArrayList<>();
            if (!done.contains(root.id())) {
                path.add(root.id());
            }
            while (!path.isEmpty()) {
                String at = path.get(path.size() - 1);
                List<Edge> edges = outgoing.getOrDefault(at, List.of());
                int index = next.merge(at, 1, Integer::sum) - 1;
                if (index >= edges.size()) {
                    done.add(at);
                    next.remove(at);
                    path.remove(path.size() - 1);
                } else if (next.containsKey(edges.get(index).to())) {
                    back.add(edges.get(index));
                } else if (!done.contains(edges.get(index).to())) {
                    path.add(edges.get(index).to());
                }
            }
        }
    }

    private Map<String, List<Edge>> outgoing() {
        Map<String, List<Edge>> outgoing = new HashMap<>();
        for (Edge edge : workflow.edges()) {
            if (!edge.to().equals(Edge.END)) {
                outgoing.computeIfAbsent(edge.from(), unused -> new ArrayList<>())
                        .add(edge);
            }
        }
        return outgoing;
    }

    private List<List<Node>> layers() {
        Map<String, Integer> depth = new HashMap<>();
        workflow.nodes().forEach(node -> depth.put(node.id(), 0));
        List<Edge> forward = workflow.edges().stream()
                .filter(edge -> !edge.to().equals(Edge.END) && !back.contains(edge))
                .toList();
        boolean moved = true;
        for (int round = 0; moved && round < workflow.nodes().size(); round++) {
            moved = false;
            for (Edge edge : forward) {
                int wanted = depth.getOrDefault(edge.from(), 0) + 1;
                if (depth.getOrDefault(edge.to(), 0) < wanted) {
                    depth.put(edge.to(), wanted);
                    moved = true;
                }
            }
        }
        List<List<Node>> layers = new ArrayList<>();
        for (Node node : workflow.nodes()) {
            int layer = depth.getOrDefault(node.id(), 0);
            while (layers.size() <= layer) {
                layers.add(new ArrayList<>());
            }
            layers.get(layer).add(node);
        }
        return layers;
    }

    private List<List<Node>> order(List<List<Node>> layers) {
        Map<String, Double> position = new HashMap<>();
        layers.forEach(layer -> number(layer, position));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            Map<String, List<String>> neighbours = new HashMap<>();
            for (Edge edge : workflow.edges()) {
                if (!back.contains(edge) && !edge.to().equals(Edge.END)) {
                    neighbours
                            .computeIfAbsent(down ? edge.to() : edge.from(), unused -> new ArrayList<>())
                            .add(down ? edge.from() : edge.to());
                }
            }
            for (int i = 0; i < layers.size(); i++) {
                List<Node> layer = layers.get(down ? i : layers.size() - 1 - i);
                Map<String, Double> centre = new HashMap<>();
                for (Node node : layer) {
                    centre.put(
                            node.id(),
                            neighbours.getOrDefault(node.id(), List.of()).stream()
                                    .mapToDouble(other -> position.getOrDefault(other, 0.0))
                                    .average()
                                    .orElse(position.getOrDefault(node.id(), 0.0)));
                }
                layer.sort(Comparator.comparing(node -> centre.getOrDefault(node.id(), 0.0)));
                number(layer, position);
            }
        }
        return layers;
    }

    private static void number(List<Node> layer, Map<String, Double> position) {
        for (int i = 0; i < layer.size(); i++) {
            position.put(layer.get(i).id(), (i + 0.5) / layer.size());
        }
    }

    private void place(List<List<Node>> layers) {
        List<List<Node>> rows = new ArrayList<>();
        for (List<Node> layer : layers) {
            for (int i = 0; i < layer.size(); i += COLUMNS) {
                rows.add(layer.subList(i, Math.min(layer.size(), i + COLUMNS)));
            }
        }
        boolean chain = rows.stream().allMatch(row -> row.size() == 1);
        if (chain && rows.size() > CHAIN_ROWS) {
            int columns = Math.min(CHAIN_COLUMNS, (rows.size() + 2 * CHAIN_ROWS - 1) / CHAIN_ROWS - 1);
            placeColumns(rows, (rows.size() + columns - 1) / columns);
            return;
        }
        for (List<Node> row : rows) {
            width = Math.max(width, rowWidth(row));
        }
        width += 2 * PAD;
        double y = PAD;
        for (List<Node> row : rows) {
            double x = (width - rowWidth(row)) / 2;
            double tallest = 0;
            for (Node node : row) {
                place(node, x, y);
                x += width(node) + GAP_X;
                tallest = Math.max(tallest, height(node));
            }
            y += tallest + GAP_Y;
        }
        height = y - GAP_Y + PAD;
    }

    /** A chain from top to bottom, column after column, with room above and below for the lines between columns. */
    private void placeColumns(List<List<Node>> rows, int perColumn) {
        double x = PAD;
        for (int i = 0; i < rows.size(); i += perColumn) {
            List<Node> column = rows.subList(i, Math.min(rows.size(), i + perColumn)).stream()
                    .map(row -> row.get(0))
                    .toList();
            double widest =
                    column.stream().mapToDouble(GraphLayout::width).max().orElse(WIDTH);
            double y = 2 * PAD;
            for (Node node : column) {
                place(node, x + (widest - width(node)) / 2, y);
                y += height(node) + GAP_Y;
            }
            height = Math.max(height, y - GAP_Y + 2 * PAD);
            x += widest + COLUMN_GAP;
        }
        width = x - COLUMN_GAP + PAD;
    }

    private void place(Node node, double x, double y) {
        double whole = width(node);
        boxes.put(node.id(), new Box(node, x, y, whole, height(node)));
        double rowY = y + TITLE;
        for (List<List<Node>> layer : memberRows(node)) {
            for (List<Node> row : layer) {
                double memberX = x + (whole - memberRowWidth(row)) / 2 + PAD;
                for (Node member : row) {
                    place(member, memberX, rowY);
                    memberX += width(member) + PAD;
                }
                rowY += tallest(row) + PAD;
            }
            rowY += MEMBER_GAP - PAD;
        }
    }

    /** The members of a block in layers, each in as many rows as it needs. */
    private static List<List<List<Node>>> memberRows(Node node) {
        List<List<List<Node>>> layers = new ArrayList<>();
        for (List<Node> layer : new MemberFlow(node.members()).layers()) {
            int rows = (layer.size() + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS;
            int perRow = (layer.size() + rows - 1) / rows;
            List<List<Node>> split = new ArrayList<>();
            for (int i = 0; i < layer.size(); i += perRow) {
                split.add(layer.subList(i, Math.min(layer.size(), i + perRow)));
            }
            layers.add(split);
        }
        return layers;
    }

    private static double memberRowWidth(List<Node> row) {
        return PAD + row.stream().mapToDouble(member -> width(member) + PAD).sum();
    }

    private static double tallest(List<Node> row) {
        return row.stream().mapToDouble(GraphLayout::height).max().orElse(0);
    }

    private static double rowWidth(List<Node> row) {
        double sum = -GAP_X;
        for (Node node : row) {
            sum += width(node) + GAP_X;
        }
        return sum;
    }

    private static double width(Node node) {
        return memberRows(node).stream()
                .flatMap(List::stream)
                .mapToDouble(GraphLayout::memberRowWidth)
                .reduce(WIDTH, Math::max);
    }

    private static double height(Node node) {
        if (node.members().isEmpty()) {
            return HEIGHT;
        }
        double sum = TITLE - MEMBER_GAP + PAD;
        for (List<List<Node>> layer : memberRows(node)) {
            for (List<Node> row : layer) {
                sum += tallest(row) + PAD;
            }
            sum += MEMBER_GAP - PAD;
        }
        return sum;
    }
}
