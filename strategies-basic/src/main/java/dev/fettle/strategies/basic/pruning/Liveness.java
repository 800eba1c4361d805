package dev.fettle.strategies.basic.pruning;

import dev.fettle.api.workflow.DataFlow;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes contribute to an output or an effect, as in a compiler's dead-code elimination: a node is live if it has
 * effects, chooses an edge, asks a person, writes an output, or writes what a live node may read after it.
 */
final class Liveness {
    private final Workflow workflow;
    private final DataFlow flow;
    private final Map<String, List<Node>> writers = new HashMap<>();
    private final Set<String> live = new LinkedHashSet<>();

    private Liveness(Workflow workflow) {
        this.workflow = workflow;
        this.flow = DataFlow.of(workflow);
        Deque<Node> open = new ArrayDeque<>();
        for (Node leaf : leaves()) {
            leaf.state().writes().forEach(key -> writers.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(leaf));
            if (needed(leaf) && live.add(leaf.id())) {
                open.add(leaf);
            }
        }
        while (!open.isEmpty()) {
            Node reader = open.remove();
            for (Node feeder : feeders(reader)) {
                if (live.add(feeder.id())) {
                    open.add(feeder);
                }
            }
        }
    }

    static Liveness of(Workflow workflow) {
        return new Liveness(workflow);
    }

    private List<Node> leaves() {
        return workflow.allNodes().stream()
                .filter(node -> node.members().isEmpty())
                .toList();
    }

    private boolean needed(Node leaf) {
        return workflow.effectsOf(leaf) != Effects.NONE
                || leaf.kind() == NodeKind.CONDITION
                || leaf.kind() == NodeKind.HUMAN
                || leaf.state().writes().stream().anyMatch(workflow.outputs()::contains);
    }

    private Set<Node> feeders(Node reader) {
        Set<Node> feeders = new LinkedHashSet<>();
        for (String key : reader.state().reads()) {
            for (Node writer : writers.getOrDefault(key, List.of())) {
                if (flow.canPrecede(writer.id(), reader.id())) {
                    feeders.add(writer);
                }
            }
        }
        return feeders;
    }

    /**
     * The nodes that are not live, grouped so that nodes which feed each other are together, readers before their
     * feeders. Empty where outputs or state keys are not known: then anything may be needed.
     */
    List<Set<String>> unusedGroups() {
        boolean known = !workflow.discovered()
                && !workflow.outputs().isEmpty()
                && leaves().stream().allMatch(leaf -> leaf.state().known());
        if (!known) {
            return List.of();
        }
        Map<String, Node> dead = new HashMap<>();
        List<Node> backwards = new ArrayList<>(leaves());
        Collections.reverse(backwards);
        backwards.removeIf(leaf -> live.contains(leaf.id()));
        backwards.forEach(leaf -> dead.put(leaf.id(), leaf));
        Map<String, Set<String>> neighbours = new HashMap<>();
        for (Node reader : backwards) {
            for (Node feeder : feeders(reader)) {
                if (dead.containsKey(feeder.id())) {
                    neighbours
                            .computeIfAbsent(reader.id(), id -> new LinkedHashSet<>())
                            .add(feeder.id());
                    neighbours
                            .computeIfAbsent(feeder.id(), id -> new LinkedHashSet<>())
                            .add(reader.id());
                }
            }
        }
        return groups(backwards, neighbours);
    }

    private static List<Set<String>> groups(List<Node> backwards, Map<String, Set<String>> neighbours) {
        List<Set<String>> groups = new ArrayList<>();
        Set<String> grouped = new LinkedHashSet<>();
        for (Node start : backwards) {
            if (grouped.add(start.id())) {
                Set<String> reached = new LinkedHashSet<>(Set.of(start.id()));
                Deque<String> open = new ArrayDeque<>(reached);
                while (!open.isEmpty()) {
                    for (String next : neighbours.getOrDefault(open.remove(), Set.of())) {
                        if (reached.add(next)) {
                            open.add(next);
                        }
                    }
                }
                grouped.addAll(reached);
                Set<String> group = new LinkedHashSet<>();
                backwards.stream().map(Node::id).filter(reached::contains).forEach(group::add);
                groups.add(group);
            }
        }
        return groups;
    }
}
