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
 * by the barycentre of the neighbours above and below (Sugiyama, Tagawa and Toda, 1981). Layers wider than a page wrap.
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
    private static final int BLOCK_COLUMNS = 2;

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

    private void place(Node node, double x, double y) {
        boxes.put(node.id(), new Box(node, x, y, width(node), height(node)));
        double rowY = y + TITLE;
        List<Node> members = node.members();
        for (int i = 0; i < members.size(); i += BLOCK_COLUMNS) {
            double memberX = x + PAD;
            double tallest = 0;
            for (Node member : members.subList(i, Math.min(members.size(), i + BLOCK_COLUMNS))) {
                place(member, memberX, rowY);
                memberX += width(member) + PAD;
                tallest = Math.max(tallest, height(member));
            }
            rowY += tallest + PAD;
        }
    }

    private static double rowWidth(List<Node> row) {
        double sum = -GAP_X;
        for (Node node : row) {
            sum += width(node) + GAP_X;
        }
        return sum;
    }

    private static double width(Node node) {
        List<Node> members = node.members();
        double widest = WIDTH;
        for (int i = 0; i < members.size(); i += BLOCK_COLUMNS) {
            double row = PAD;
            for (Node member : members.subList(i, Math.min(members.size(), i + BLOCK_COLUMNS))) {
                row += width(member) + PAD;
            }
            widest = Math.max(widest, row);
        }
        return widest;
    }

    private static double height(Node node) {
        List<Node> members = node.members();
        if (members.isEmpty()) {
            return HEIGHT;
        }
        double sum = TITLE;
        for (int i = 0; i < members.size(); i += BLOCK_COLUMNS) {
            double tallest = 0;
            for (Node member : members.subList(i, Math.min(members.size(), i + BLOCK_COLUMNS))) {
                tallest = Math.max(tallest, height(member));
            }
            sum += tallest + PAD;
        }
        return sum;
    }
}
