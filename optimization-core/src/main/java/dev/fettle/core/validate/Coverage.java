package dev.fettle.core.validate;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.prove.ResolvedWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the compared pairs may not show: nodes, and ways that a condition can choose, that none of them took, and changes that
 * make a difference on some inputs only.
 */
final class Coverage {
    private static final int LEAST_INPUTS = 3;

    private Coverage() {}

    /**
     * Reservations for a candidate that is not proved to be equal.
     *
     * @param inputs different ones on which outputs were compared
     */
    static List<Violation> violations(Workflow original, Workflow candidate, Iterable<PairOutcome> pairs, int inputs) {
        List<String> messages = new ArrayList<>();
        if (inputs > 0 && inputs < LEAST_INPUTS) {
            messages.add(
                    "the outputs were compared on " + Wording.inputs(inputs) + " only; give at least " + LEAST_INPUTS);
        }
        for (String condition : otherwiseDecided(original, candidate)) {
            messages.add("the condition '" + condition
                    + "' decides by something else than before; only inputs on which both decide"
                    + " differently would show a difference, so see that there are some");
        }
        for (Edge loop : otherwiseLimited(original, candidate)) {
            messages.add("the loop from '" + loop.from() + "' back to '" + loop.to() + "' had the limit "
                    + loop.maxTraversals()
                    + " and has another; only inputs that reach the lower of both would show a difference");
        }
        Map<String, Integer> after = writers(candidate);
        for (String key : lessWritten(candidate, writers(original), after)) {
            String stands = after.containsKey(key)
                    ? "' has fewer writers than before; only inputs on which the others leave it out"
                    : "' has no writer any more; only inputs that give something else than its writers did";
            messages.add("the key '" + key + stands + " would show a difference, so see that there are some");
        }
        Set<String> unreached = unreached(original, candidate, pairs);
        if (!unreached.isEmpty()) {
            messages.add("no input of the dry run reaches " + unreached
                    + ", so what the candidate does there was not compared; give inputs that do");
        }
        return messages.stream()
                .map(message -> new Violation("coverage", message, false))
                .toList();
    }

    private static List<String> otherwiseDecided(Workflow original, Workflow candidate) {
        List<String> conditions = new ArrayList<>();
        for (Node node : original.allNodes()) {
            Node after = candidate.node(node.id()).orElse(null);
            if (node.kind() == NodeKind.CONDITION
                    && after != null
                    && !ResolvedWork.isShared(original, node, candidate, after)) {
                conditions.add(node.id());
            }
        }
        return conditions;
    }

    private static List<Edge> otherwiseLimited(Workflow original, Workflow candidate) {
        return original.edges().stream()
                .filter(edge -> candidate.edges().stream()
                        .anyMatch(other ->
                                edge.isSameWay(other) && !Objects.equals(edge.maxTraversals(), other.maxTraversals())))
                .toList();
    }

    /** A node may leave out a key that it declares, and then what another wrote before, or the input gave, stands in. */
    private static Set<String> lessWritten(
            Workflow candidate, Map<String, Integer> before, Map<String, Integer> after) {
        Set<String> used = new HashSet<>(candidate.outputs());
        candidate.allNodes().forEach(node -> used.addAll(node.state().reads()));
        Set<String> less = new TreeSet<>();
        before.forEach((key, writers) -> {
            if (after.getOrDefault(key, 0) < writers && used.contains(key)) {
                less.add(key);
            }
        });
        return less;
    }

    private static Map<String, Integer> writers(Workflow workflow) {
        Map<String, Integer> writers = new HashMap<>();
        for (Node node : workflow.allNodes()) {
            if (node.members().isEmpty()) {
                node.state().writes().forEach(key -> writers.merge(key, 1, Integer::sum));
            }
        }
        return writers;
    }

    /** Nodes and ways of either version that no compared pair took, in words; empty where nothing was compared. */
    private static Set<String> unreached(Workflow original, Workflow candidate, Iterable<PairOutcome> pairs) {
        Set<String> before = new HashSet<>();
        Set<String> after = new HashSet<>();
        for (PairOutcome pair : pairs) {
            if (pair.judgement() != null) {
                collect(original, pair.first().trace(), before);
                collect(candidate, pair.second().trace(), after);
            }
        }
        Set<String> unreached = new TreeSet<>();
        if (!before.isEmpty()) {
            unreached.addAll(missing(original, before));
            // What the original has, too, is said once.
            Set<String> own = all(candidate);
            own.removeAll(all(original));
            own.removeAll(after);
            unreached.addAll(own);
        }
        return unreached;
    }

    private static Set<String> missing(Workflow workflow, Set<String> reached) {
        Set<String> missing = all(workflow);
        missing.removeAll(reached);
        return missing;
    }

    private static Set<String> all(Workflow workflow) {
        Set<String> all = new TreeSet<>();
        for (Node node : workflow.allNodes()) {
            if (node.members().isEmpty()) {
                all.add(node.id());
            }
            if (node.kind() == NodeKind.CONDITION) {
                workflow.outgoing(node.id()).forEach(edge -> all.add(way(node.id(), edge.when())));
            }
        }
        return all;
    }

    private static void collect(Workflow workflow, @Nullable ExecutionTrace trace, Set<String> reached) {
        if (trace == null) {
            return;
        }
        for (NodeOccurrence occurrence : trace.occurrences()) {
            reached.add(occurrence.node());
            String label = occurrence.label();
            if (label != null) {
                boolean named = workflow.outgoing(occurrence.node()).stream()
                        .map(Edge::when)
                        .anyMatch(label::equals);
                reached.add(way(occurrence.node(), named ? label : null));
            }
        }
    }

    private static String way(String condition, @Nullable String label) {
        return condition + (label == null ? " otherwise" : " being '" + label + "'");
    }
}
