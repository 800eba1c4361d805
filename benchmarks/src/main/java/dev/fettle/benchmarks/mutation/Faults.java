package dev.fettle.benchmarks.mutation;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.Reducer;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything that a rewrite could do wrong to a workflow. */
final class Faults {
    private final Workflow workflow;
    private final List<Node> leaves;
    private final Set<String> keys = new TreeSet<>();
    private final List<Variant> planted = new ArrayList<>();

    private Faults(Workflow workflow) {
        this.workflow = workflow;
        this.leaves = Graphs.leaves(workflow);
        keys.addAll(workflow.inputs());
        leaves.forEach(leaf -> keys.addAll(leaf.state().writes()));
    }

    static List<Variant> of(Workflow workflow) {
        Faults faults = new Faults(workflow);
        for (Node leaf : faults.leaves) {
            faults.dropped(leaf);
            faults.arguments(leaf);
            faults.cached(leaf);
            faults.doubled(leaf);
            faults.merged(leaf);
            faults.tools(leaf);
            faults.changed(leaf);
        }
        Graphs.neighbours(workflow).forEach(pair -> faults.order(pair.get(0), pair.get(1)));
        faults.loops();
        faults.outputs();
        faults.prices();
        return faults.planted;
    }

    private void plant(String kind, String what, Workflow mutant) {
        planted.add(new Variant(kind, workflow.id() + ": " + what, mutant));
    }

    private boolean acts(Node node) {
        return workflow.effectsOf(node).mustKeep();
    }

    private void dropped(Node leaf) {
        String kind = acts(leaf) ? "lost effect" : "dropped node";
        if (leaf.kind() == NodeKind.HUMAN || leaf.kind() == NodeKind.CONDITION) {
            kind = "lost guard";
        }
        Set<String> labels = new LinkedHashSet<>();
        workflow.outgoing(leaf.id()).forEach(edge -> labels.add(String.valueOf(edge.when())));
        if (labels.isEmpty()) {
            labels.add("");
        }
        for (String label : labels) {
            String known = kind;
            Graphs.without(workflow, leaf.id(), label)
                    .ifPresent(mutant -> plant(known, "without " + leaf.id() + " (" + label + ")", mutant));
        }
        if (leaf.kind() == NodeKind.CONDITION && labels.size() == 2) {
            List<String> both = List.copyOf(labels);
            List<Edge> edges = workflow.edges().stream()
                    .map(edge -> edge.from().equals(leaf.id())
                            ? new Edge(
                                    edge.from(),
                                    edge.to(),
                                    both.get(0).equals(edge.when()) ? both.get(1) : both.get(0),
                                    edge.maxTraversals())
                            : edge)
                    .toList();
            plant("lost guard", "inverted " + leaf.id(), workflow.withEdges(edges));
        }
    }

    private void arguments(Node leaf) {
        if (leaf.body() instanceof NodeBody.Tool tool && tool.arguments().size() > 1) {
            List<String> names = List.copyOf(tool.arguments().keySet());
            Map<String, String> swapped = new LinkedHashMap<>(tool.arguments());
            swapped.put(names.get(0), Objects.requireNonNull(tool.arguments().get(names.get(1))));
            swapped.put(names.get(1), Objects.requireNonNull(tool.arguments().get(names.get(0))));
            plant(
                    "swapped arguments",
                    names.get(0) + " and " + names.get(1) + " of " + leaf.id(),
                    workflow.mapNode(leaf.id(), node -> node.toBuilder()
                            .body(new NodeBody.Tool(tool.tool(), swapped))
                            .build()));
            return;
        }
        for (String read : leaf.state().reads()) {
            for (String other : keys) {
                if (!leaf.state().reads().contains(other)
                        && !leaf.state().writes().contains(other)) {
                    Set<String> reads = new LinkedHashSet<>(leaf.state().reads());
                    reads.remove(read);
                    reads.add(other);
                    plant(
                            "swapped arguments",
                            leaf.id() + " reads " + other + " in place of " + read,
                            state(leaf, reads, leaf.state().writes()));
                }
            }
        }
        if (leaf.kind() == NodeKind.AGENT) {
            Set<String> reads = new LinkedHashSet<>(leaf.state().reads());
            reads.addAll(workflow.inputs());
            if (!reads.equals(leaf.state().reads())) {
                plant(
                        "widened prompt",
                        leaf.id() + " also reads the inputs",
                        state(leaf, reads, leaf.state().writes()));
            }
        }
    }

    private Workflow state(Node leaf, Set<String> reads, Set<String> writes) {
        return workflow.mapNode(
                leaf.id(),
                node -> node.toBuilder().state(StateAccess.of(reads, writes)).build());
    }

    private void cached(Node leaf) {
        if (leaf.kind() != NodeKind.CONDITION && workflow.effectsOf(leaf) != Effects.NONE) {
            plant("cached state", "a cache for " + leaf.id(), cache(leaf, null));
        }
        for (String tool : leaf.answeringTools()) {
            boolean stateful = tool.contains(SymbolicRunners.STATEFUL)
                    || workflow.tool(tool).map(ToolSpec::effects).orElse(Effects.UNKNOWN) != Effects.NONE;
            if (stateful && leaf.kind() != NodeKind.CONDITION) {
                plant("cached state", "a cache for " + tool + " of " + leaf.id(), cache(leaf, tool));
            }
        }
    }

    private Workflow cache(Node leaf, @Nullable String tool) {
        Policies.Cache cache = new Policies.Cache(tool, null, 100, Policies.Cache.Eviction.LRU);
        return workflow.mapNode(leaf.id(), node -> node.toBuilder()
                .policies(node.policies().withCache(cache))
                .build());
    }

    private void doubled(Node leaf) {
        if (!acts(leaf) || leaf.kind() == NodeKind.CONDITION || leaf.kind() == NodeKind.HUMAN) {
            return;
        }
        plant("doubled effect", "a retry of " + leaf.id(), workflow.mapNode(leaf.id(), node -> node.toBuilder()
                .policies(node.policies().withRetry(new Policies.Retry(2, Duration.ZERO)))
                .build()));
        if (workflow.parent(leaf.id()).isEmpty()) {
            Node again = leaf.toBuilder().id(leaf.id() + "_again").build();
            plant("doubled effect", leaf.id() + " twice", Graphs.after(workflow, leaf.id(), again));
            Edge back = new Edge(leaf.id(), leaf.id(), null, 1);
            List<Edge> edges = new ArrayList<>(List.of(back));
            edges.addAll(workflow.edges());
            plant("doubled effect", leaf.id() + " in a loop", workflow.withEdges(edges));
        }
    }

    private void merged(Node keep) {
        for (Node gone : leaves) {
            boolean mergeable = !gone.id().equals(keep.id())
                    && keep.kind() != NodeKind.CONDITION
                    && gone.kind() == keep.kind()
                    && gone.state().writes().size() == 1
                    && keep.state().writes().size() == 1
                    && !gone.state().writes().equals(keep.state().writes())
                    && !(gone.body().equals(keep.body())
                            && gone.state().reads().equals(keep.state().reads())
                            && gone.parameters().equals(keep.parameters()));
            if (!mergeable) {
                continue;
            }
            String from = keep.state().writes().iterator().next();
            String to = gone.state().writes().iterator().next();
            Graphs.without(workflow, gone.id(), "")
                    .map(without -> without.mapNode(keep.id(), node -> node.toBuilder()
                            .copies(Map.of(to, from))
                            .state(StateAccess.of(node.state().reads(), List.of(from, to)))
                            .build()))
                    .ifPresent(mutant -> plant("wrong merge", keep.id() + " for " + gone.id(), mutant));
        }
    }

    private void tools(Node leaf) {
        for (Map.Entry<String, String> binding : leaf.tools().entrySet()) {
            ToolSpec before = workflow.tool(binding.getValue()).orElse(null);
            for (ToolSpec other : workflow.tools()) {
                if (before != null && other.capabilities().stream().noneMatch(before.capabilities()::contains)) {
                    Map<String, String> tools = new LinkedHashMap<>(leaf.tools());
                    tools.put(binding.getKey(), other.name());
                    plant(
                            "another tool",
                            other.name() + " for " + before.name() + " in " + leaf.id(),
                            workflow.mapNode(
                                    leaf.id(),
                                    node -> node.toBuilder().tools(tools).build()));
                }
            }
        }
    }

    private void changed(Node leaf) {
        if (leaf.body() instanceof NodeBody.Function) {
            Map<String, Object> parameters = new LinkedHashMap<>(leaf.parameters());
            parameters.put("planted", 1);
            plant("changed parameter", "of " + leaf.id(), workflow.mapNode(leaf.id(), node -> node.toBuilder()
                    .parameters(parameters)
                    .build()));
        }
    }

    private void order(Node first, Node second) {
        if (acts(first) && acts(second)) {
            plant("reordered effects", second.id() + " before " + first.id(), Graphs.swapped(workflow, first, second));
        }
        if (!first.members().isEmpty() || !second.members().isEmpty()) {
            return;
        }
        if (first.state().writes().stream().anyMatch(second.state().reads()::contains)) {
            plant("ignored dependency", second.id() + " before " + first.id(), Graphs.swapped(workflow, first, second));
            plant("ignored dependency", second.id() + " beside " + first.id(), block(first, second, true, Map.of()));
        }
        Set<String> both = new LinkedHashSet<>(first.state().writes());
        both.retainAll(second.state().writes());
        for (String key : both) {
            plant("parallel write-write", "of " + key + " without a rule", block(first, second, false, Map.of()));
            plant(
                    "parallel write-write",
                    "of " + key + ", the earlier one wins",
                    block(first, second, true, Map.of(key, Reducer.LAST)));
            plant(
                    "parallel write-write",
                    "of " + key + ", both in a list",
                    block(first, second, false, Map.of(key, Reducer.APPEND)));
        }
    }

    private Workflow block(Node first, Node second, boolean reversed, Map<String, Reducer> reducers) {
        List<Node> members = reversed ? List.of(second, first) : List.of(first, second);
        return Graphs.block(
                workflow,
                List.of(first, second),
                members,
                new NodeBody.Parallel(members, NodeBody.ErrorStrategy.FAIL_FAST, reducers));
    }

    private void loops() {
        for (Edge edge : workflow.edges()) {
            Integer limit = edge.maxTraversals();
            if (limit == null) {
                continue;
            }
            for (int other : limit > 1 ? List.of(limit - 1, limit + 1) : List.of(limit + 1)) {
                List<Edge> edges = workflow.edges().stream()
                        .map(one -> one.equals(edge) ? new Edge(one.from(), one.to(), one.when(), other) : one)
                        .toList();
                plant("another limit", edge.from() + " back " + other + " times", workflow.withEdges(edges));
            }
        }
    }

    private void prices() {
        for (ToolSpec tool : workflow.tools()) {
            List<ToolSpec> tools = new ArrayList<>(workflow.tools());
            tools.replaceAll(one -> one.equals(tool) ? dearer(one) : one);
            plant("changed price", tool.name(), workflow.withTools(tools));
        }
    }

    private static ToolSpec dearer(ToolSpec tool) {
        return new ToolSpec(
                tool.name(),
                tool.capabilities(),
                tool.runner(),
                tool.effects(),
                tool.arguments(),
                BigDecimal.ONE,
                tool.batch());
    }

    private void outputs() {
        for (String output : workflow.outputs()) {
            Set<String> outputs = new LinkedHashSet<>(workflow.outputs());
            outputs.remove(output);
            if (!outputs.isEmpty()) {
                plant(
                        "lost output",
                        output,
                        new Workflow(
                                workflow.id(),
                                workflow.entry(),
                                workflow.inputs(),
                                outputs,
                                workflow.nodes(),
                                workflow.edges(),
                                workflow.tools(),
                                workflow.discovered()));
            }
        }
    }
}
