package dev.fettle.core.estimate;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a suggestion does to a workflow, found by comparing it before and after.
 *
 * @param reach how far the effect goes
 * @param nodes whose steps change; empty for other reaches than {@link Reach#LOCAL}
 */
record OptionKind(Reach reach, Set<String> nodes) {
    /** How far the effect of a suggestion goes. */
    enum Reach {
        /** What single nodes take. */
        LOCAL,
        /** Which nodes run, and in which order. */
        STRUCTURAL,
        /** More than that: only a full replay tells. */
        WHOLE
    }

    private static final OptionKind STRUCTURAL = new OptionKind(Reach.STRUCTURAL, Set.of());
    private static final OptionKind WHOLE = new OptionKind(Reach.WHOLE, Set.of());

    static OptionKind of(RecordedWorkflow base, Suggestion suggestion, ChangeResult alone) {
        if (!(alone instanceof ChangeResult.Applied applied)) {
            return WHOLE;
        }
        Workflow changed = applied.workflow();
        Set<String> touched = new LinkedHashSet<>();
        for (ExpectedOutcome outcome : suggestion.outcomes()) {
            touched.add(outcome.node());
        }
        Map<String, Node> before = base.nodes();
        boolean added = !before.keySet().containsAll(touched)
                || !base.workflow().tools().equals(changed.tools());
        for (Node node : changed.allNodes()) {
            Node old = before.get(node.id());
            added |= old == null && node.members().isEmpty();
            // when one node starts depends on how long another takes: no single node's row tells
            added |= old != null
                    && !Objects.equals(
                            old.policies().speculation(), node.policies().speculation());
            if (old != null && node.members().isEmpty()) {
                if (!sameWork(old, node)) {
                    touched.add(node.id());
                }
            } else if (old != null && !old.policies().equals(node.policies())) {
                return WHOLE;
            }
        }
        if (added) {
            return WHOLE;
        }
        if (base.shape().isOf(changed)) {
            return new OptionKind(Reach.LOCAL, touched);
        }
        return touched.isEmpty() ? STRUCTURAL : WHOLE;
    }

    private static boolean sameWork(Node before, Node after) {
        return before.body().equals(after.body())
                && before.tools().equals(after.tools())
                && before.policies().equals(after.policies())
                && before.parameters().equals(after.parameters());
    }
}
