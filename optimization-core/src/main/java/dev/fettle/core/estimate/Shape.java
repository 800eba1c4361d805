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
    public record Place(String node, String block, StateAccess state) {}

    public static Shape of(Workflow workflow) {
        Set<String> nodes = new HashSet<>();
        List<Place> places = new ArrayList<>();
        workflow.nodes().forEach(node -> collect(node, "", nodes, places));
        return new Shape(nodes, places, workflow.edges(), workflow.entry());
    }

    private static void collect(Node node, String block, Set<String> nodes, List<Place> places) {
        nodes.add(node.id());
        places.add(new Place(node.id(), block, node.state()));
        node.members().forEach(member -> collect(member, node.id(), nodes, places));
    }
}
