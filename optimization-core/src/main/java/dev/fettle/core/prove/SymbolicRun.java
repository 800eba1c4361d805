package dev.fettle.core.prove;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows one way through a workflow with terms in place of values: each node is an unknown function of what it does, of
 * what it reads, of how often it ran, and of the effects that happened before. Equal terms are equal values, whatever the
 * nodes compute.
 *
 * <p>What a node writes also depends on what was there, since it may leave a declared key out. Nodes without effects that do the
 * same count as one function. People, agents, teams, other workflows, and what was seen to vary, count as different even then,
 * since two answers to one question need not be equal.
 */
final class SymbolicRun {
    private static final Set<NodeKind> OWN =
            Set.of(NodeKind.AGENT, NodeKind.HUMAN, NodeKind.TEAM, NodeKind.SUB_WORKFLOW);
    private static final Set<NodeKind> ONE_VALUE = Set.of(NodeKind.AGENT, NodeKind.TEAM, NodeKind.TOOL);
    private static final String ABSENT = "absent";

    private final Workflow workflow;
    private final Terms terms;
    private final Decisions decisions;
    private final Set<String> varying;
    private final Map<String, String> state = new TreeMap<>();
    private final Map<String, Integer> iterations = new HashMap<>();
    private final Map<Edge, Integer> traversals = new HashMap<>();
    private final List<String> effects = new ArrayList<>();
    private String world = "";

    /** @param varying ids of nodes that were seen to give different results for the same */
    SymbolicRun(Workflow workflow, Terms terms, Decisions decisions, Set<String> varying) {
        this.varying = varying;
        this.workflow = workflow;
        this.terms = terms;
        this.decisions = decisions;
    }

    /**
     * @param mostSteps nodes that may run
     * @throws Decisions.Undecided where a condition has not been decided
     */
    Way run(int mostSteps) {
        workflow.inputs().forEach(key -> state.put(key, terms.of("input " + key)));
        String current = workflow.entry();
        for (int step = 0; !current.equals(Edge.END); step++) {
            if (step == mostSteps) {
                throw new Unprovable("it takes more than " + mostSteps + " steps");
            }
            Node node = workflow.node(current).orElseThrow();
            Map<String, String> written = new LinkedHashMap<>();
            String question = execute(node, state, written);
            state.putAll(written);
            List<Edge> edges = workflow.outgoing(current);
            String label = node.kind() == NodeKind.CONDITION && !edges.isEmpty()
                    ? decisions.of(question, ResolvedWork.of(workflow, node))
                    : null;
            Edge taken = take(edges, label);
            if (taken == null && !edges.isEmpty()) {
                return Way.FAILED;
            }
            current = taken == null ? Edge.END : taken.to();
        }
        Map<String, String> outputs = new TreeMap<>(state);
        if (!workflow.outputs().isEmpty()) {
            outputs.keySet().retainAll(workflow.outputs());
        }
        return new Way(outputs, effects, false);
    }

    /** As the runtime takes edges: by label, else the one without; where the limit is reached, the one other. */
    private @Nullable Edge take(List<Edge> edges, @Nullable String label) {
        Edge chosen = edges.stream()
                .filter(edge -> label == null || label.equals(edge.when()))
                .findFirst()
                .or(() -> edges.stream().filter(edge -> edge.when() == null).findFirst())
                .orElse(null);
        if (chosen != null && !mayBeTaken(chosen)) {
            Edge full = chosen;
            List<Edge> others =
                    edges.stream().filter(edge -> !edge.equals(full)).toList();
            chosen = others.size() == 1 && mayBeTaken(others.get(0)) ? others.get(0) : null;
        }
        if (chosen != null) {
            traversals.merge(chosen, 1, Integer::sum);
        }
        return chosen;
    }

    private boolean mayBeTaken(Edge edge) {
        Integer limit = edge.maxTraversals();
        return limit == null || traversals.getOrDefault(edge, 0) < limit;
    }

    /** The term of what the node does on what it reads; adds what it writes. */
    private String execute(Node node, Map<String, String> visible, Map<String, String> written) {
        if (node.body() instanceof NodeBody.Parallel block) {
            block(node, block, visible, written);
            return "";
        }
        if (!node.state().known()) {
            throw new Unprovable("what '" + node.id() + "' reads and writes is not known");
        }
        Map<String, String> reads = new TreeMap<>();
        node.state().reads().forEach(key -> reads.put(key, visible.getOrDefault(key, ABSENT)));
        Effects does = workflow.effectsOf(node);
        boolean own = OWN.contains(node.kind()) || does != Effects.NONE || varying.contains(node.id());
        int iteration = iterations.merge(node.id(), 1, Integer::sum) - 1;
        String work = terms.of(work(node));
        String term = terms.of(work + (own ? "|" + node.id() : "") + "|" + reads + "|" + iteration + "|" + world);
        if (does != Effects.NONE) {
            effects.add(term);
            world = term;
        }
        int index = 0;
        Map<String, Integer> places = new HashMap<>();
        for (String key : node.state().writes()) {
            if (!node.copies().containsKey(key)) {
                places.put(key, index);
                written.put(key, written(term, index++, key, visible));
            }
        }
        node.copies()
                .forEach((target, source) ->
                        written.put(target, written(term, places.getOrDefault(source, -1), target, visible)));
        return term;
    }

    /**
     * A cache or a batch may change what comes of it, and where code fills several keys by their names, these names count: elsewhere
     * one value is given to the first of them.
     */
    private List<Optional<?>> work(Node node) {
        Policies policies = node.policies();
        List<String> filled = node.state().writes().stream()
                .filter(key -> !node.copies().containsKey(key))
                .toList();
        boolean byName = filled.size() > 1 && !ONE_VALUE.contains(node.kind());
        return List.of(
                Optional.of(ResolvedWork.of(workflow, node)),
                Optional.ofNullable(policies.cache()),
                Optional.ofNullable(policies.batch()),
                byName ? Optional.of(filled) : Optional.empty());
    }

    /** A node may leave out a key that it declares, and then what was there before stays. */
    private String written(String term, int place, String key, Map<String, String> visible) {
        return terms.of(term + "#" + place + "|" + visible.getOrDefault(key, ABSENT));
    }

    /** Members see what earlier ones wrote, and else what was there when the block began. */
    private void block(Node node, NodeBody.Parallel block, Map<String, String> visible, Map<String, String> written) {
        if (workflow.effectsOf(node) != Effects.NONE) {
            throw new Unprovable("'" + node.id() + "' has effects beside other nodes");
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Node member : block.members()) {
            Map<String, String> seen = new TreeMap<>(visible);
            values.forEach((key, all) -> seen.put(key, reduced(block, key, all)));
            Map<String, String> own = new LinkedHashMap<>();
            execute(member, seen, own);
            own.forEach((key, value) ->
                    values.computeIfAbsent(key, first -> new ArrayList<>()).add(value));
        }
        values.forEach((key, all) -> written.put(key, reduced(block, key, all)));
    }

    private String reduced(NodeBody.Parallel block, String key, List<String> values) {
        return values.size() == 1 ? values.get(0) : terms.of(block.reducers().get(key) + " " + values);
    }
}
