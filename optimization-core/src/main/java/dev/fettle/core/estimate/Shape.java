package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of a workflow decides the order of its nodes: which there are, how they are joined, what they read and write. */
public record Shape(Set<String> nodes, List<Place> places, List<Edge> edges, String entry) {
    /** A node in its block. */
    public record Place(String node, String block, StateAccess state) {
        private boolean isOf(Node other, String otherBlock) {
            return node.equals(other.id()) && block.equals(otherBlock) && state.equals(other.state());
        }
    }

    public static Shape of(Workflow workflow) {
        Set<String> nodes = new HashSet<>();
        List<Place> places = new ArrayList<>();
        workflow.nodes().forEach(node -> collect(node, "", nodes, places));
        return new Shape(nodes, places, workflow.edges(), workflow.entry());
    }

    /** Whether this is the shape of a workflow. */
    boolean isOf(Workflow workflow) {
        return edges.equals(workflow.edges())
                && entry.equals(workflow.entry())
                && placesBefore(workflow.nodes(), "", 0) == places.size();
    }

    /** The position behind the places of some nodes and their members; below zero where these have others. */
    private int placesBefore(List<Node> next, String block, int from) {
        int position = from;
        for (Node node : next) {
            if (position < 0
                    || position >= places.size()
                    || !places.get(position).isOf(node, block)) {
                return -1;
            }
            position = placesBefore(node.members(), node.id(), position + 1);
        }
        return position;
    }

    private static void collect(Node node, String block, Set<String> nodes, List<Place> places) {
        nodes.add(node.id());
        places.add(new Place(node.id(), block, node.state()));
        node.members().forEach(member -> collect(member, node.id(), nodes, places));
    }
}
