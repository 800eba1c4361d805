package dev.fettle.core.validate;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What of both versions the compared pairs ran: every node, and every way that a condition can choose. */
final class Coverage {
    private Coverage() {}

    /** Nodes and ways of either version that no compared pair took, in words; empty where nothing was compared. */
    static Set<String> unreached(Workflow original, Workflow candidate, Iterable<PairOutcome> pairs) {
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
