package dev.fettle.core.validate;

import dev.fettle.api.workflow.DataFlow;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a guard goes by: the nodes that write what it reads, those that write what these read, and so on. A guard is only kept
 * where nobody else writes there and the order of the writers is the same; or a person's answer could be overwritten.
 */
final class GuardInputs {
    private final Workflow original;
    private final Workflow candidate;
    private final DataFlow before;
    private final DataFlow after;
    private final LeafOrder orderBefore;
    private final LeafOrder orderAfter;

    GuardInputs(Workflow original, Workflow candidate) {
        this.original = original;
        this.candidate = candidate;
        this.before = DataFlow.of(original);
        this.after = DataFlow.of(candidate);
        this.orderBefore = new LeafOrder(original);
        this.orderAfter = new LeafOrder(candidate);
    }

    /** What is different about what the guard goes by, one sentence each. */
    List<String> changes(Node guard) {
        List<String> changes = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(guard.id()));
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            Node reader = candidate.node(open.remove()).orElse(null);
            if (reader == null) {
                continue;
            }
            for (String key : reader.state().reads()) {
                List<String> writers = after.writersBefore(reader.id(), key);
                List<String> known = before.writersBefore(reader.id(), key);
                for (String writer : writers) {
                    if (!stoodFor(writer, known)) {
                        changes.add("'" + guard.id() + "', which guards an effect, would go by what '" + writer
                                + "' writes to '" + key + "'");
                    } else if (seen.add(writer)) {
                        open.add(writer);
                    }
                }
                reordered(guard, key, known, changes);
            }
        }
        return changes;
    }

    /** Whether the writer wrote there before, or is for what one that did was for. */
    private boolean stoodFor(String writer, List<String> known) {
        return known.contains(writer)
                || candidate
                        .node(writer)
                        .map(node -> known.stream()
                                .flatMap(id -> original.node(id).stream())
                                .anyMatch(old -> Purpose.isShared(original, old, candidate, node)))
                        .orElse(false);
    }

    private void reordered(Node guard, String key, List<String> writers, List<String> changes) {
        for (String first : writers) {
            for (String second : writers) {
                boolean both = candidate.node(first).isPresent()
                        && candidate.node(second).isPresent();
                if (both
                        && orderBefore.firstInAnIteration(first, second)
                        && !orderAfter.firstInAnIteration(first, second)) {
                    changes.add("'" + guard.id() + "', which guards an effect, would go by '" + key + "' as '" + first
                            + "' leaves it, and not '" + second + "'");
                }
            }
        }
    }
}
