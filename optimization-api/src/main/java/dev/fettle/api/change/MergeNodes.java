package dev.fettle.api.change;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.DataFlow;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.Work;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs one of two equal nodes and gives its results to the readers of both.
 *
 * <pre>
 *   keep ──▶ a ──▶ duplicate ──▶ b      becomes      keep (also writes what duplicate wrote) ──▶ a ──▶ b
 * </pre>
 *
 * Refused where the nodes differ in what they do or read, where one of them may run without the other in a way that
 * somebody would notice, and where what they read or write may change in between.
 */
@Stable
public record MergeNodes(String keep, String duplicate) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        Node kept = workflow.node(keep).orElse(null);
        Node merged = workflow.node(duplicate).orElse(null);
        if (kept == null || merged == null) {
            return Rewrites.missing(kept == null ? keep : duplicate);
        }
        String difference = difference(workflow, kept, merged);
        if (difference != null) {
            return ChangeResult.refused(difference);
        }
        Workflow without = Rewrites.without(workflow, duplicate);
        if (without == null) {
            return ChangeResult.refused("(" + duplicate + ") cannot be taken out of the graph");
        }
        return Rewrites.checked(
                workflow, Rewrites.withBlockStates(without.mapNode(keep, node -> withCopies(node, merged))));
    }

    private @Nullable String difference(Workflow workflow, Node kept, Node merged) {
        DataFlow flow = DataFlow.of(workflow);
        if (!flow.known()) {
            return "what every node reads and writes must be known to merge (" + keep + ") and (" + duplicate + ")";
        }
        boolean same = !keep.equals(duplicate)
                && kept.members().isEmpty()
                && Work.of(kept).equals(Work.of(merged))
                && kept.copies().isEmpty()
                && merged.copies().isEmpty();
        if (!same) {
            return "(" + keep + ") and (" + duplicate + ") do not do the same on the same keys";
        }
        Effects effects = workflow.effectsOf(kept).and(workflow.effectsOf(merged));
        if (effects.mustKeep()) {
            return "(" + keep + ") has effects (" + effects + ") that would happen once instead of twice";
        }
        if (!flow.alwaysPrecedes(keep, duplicate) || flow.canPrecede(duplicate, keep)) {
            return "(" + keep + ") does not always run before (" + duplicate + ")";
        }
        String overlap = overlap(workflow, kept, merged);
        return overlap != null ? overlap : changesInBetween(workflow, flow, kept, merged);
    }

    /** A key that both write must be in the same place of both, and must not be reduced from both. */
    private @Nullable String overlap(Workflow workflow, Node kept, Node merged) {
        List<String> from = List.copyOf(kept.state().writes());
        List<String> to = List.copyOf(merged.state().writes());
        boolean oneBlock =
                workflow.parent(keep).isPresent() && workflow.parent(keep).equals(workflow.parent(duplicate));
        for (int i = 0; i < to.size(); i++) {
            boolean both = from.contains(to.get(i));
            if (both && (oneBlock || !from.get(i).equals(to.get(i)))) {
                return "both (" + keep + ") and (" + duplicate + ") write (" + to.get(i) + ")";
            }
        }
        return null;
    }

    /** A third node that writes what both read, or what either writes, would make the runs differ. */
    private @Nullable String changesInBetween(Workflow workflow, DataFlow flow, Node kept, Node merged) {
        Set<String> keys = new LinkedHashSet<>(kept.state().reads());
        keys.addAll(kept.state().writes());
        keys.addAll(merged.state().writes());
        for (String key : keys) {
            for (String writer : flow.writers(key)) {
                boolean own = writer.equals(keep) || writer.equals(duplicate);
                if (!own && (flow.canPrecede(keep, writer) || !flow.canPrecede(writer, keep))) {
                    return "(" + writer + ") may change (" + key + ") between (" + keep + ") and (" + duplicate + ")";
                }
                if (own && kept.state().reads().contains(key)) {
                    return "(" + writer + ") changes (" + key + "), which it reads itself";
                }
            }
        }
        for (Node node : flow.leaves()) {
            boolean between = !node.id().equals(keep)
                    && !node.id().equals(duplicate)
                    && flow.canPrecede(keep, node.id())
                    && flow.canPrecede(node.id(), duplicate);
            if (between && workflow.effectsOf(node) != Effects.NONE) {
                return "(" + node.id() + ") has effects (" + workflow.effectsOf(node) + ") between (" + keep + ") and ("
                        + duplicate + "), which may see them";
            }
        }
        return tooEarly(workflow, flow, kept, merged);
    }

    /** A key that only the duplicate wrote is there earlier, and also where the duplicate would not have run. */
    private @Nullable String tooEarly(Workflow workflow, DataFlow flow, Node kept, Node merged) {
        for (String key : merged.state().writes()) {
            if (kept.state().writes().contains(key)) {
                continue;
            }
            for (String reader : flow.readers(key)) {
                if (!flow.alwaysPrecedes(duplicate, reader)) {
                    return "(" + reader + ") may read (" + key + ") where (" + duplicate + ") has not written it";
                }
            }
            boolean output = workflow.outputs().isEmpty() || workflow.outputs().contains(key);
            if (output && flow.canEndWithout(keep, duplicate)) {
                return "the run may end with (" + keep + ") and without (" + duplicate + "), which writes the output ("
                        + key + ")";
            }
        }
        return null;
    }

    private static Node withCopies(Node kept, Node merged) {
        List<String> from = new ArrayList<>(kept.state().writes());
        List<String> to = new ArrayList<>(merged.state().writes());
        Map<String, String> copies = new LinkedHashMap<>();
        for (int i = 0; i < from.size(); i++) {
            if (!from.get(i).equals(to.get(i))) {
                copies.put(to.get(i), from.get(i));
            }
        }
        Set<String> writes = new LinkedHashSet<>(from);
        writes.addAll(to);
        return kept.toBuilder()
                .copies(copies)
                .state(StateAccess.of(kept.state().reads(), writes))
                .build();
    }

    @Override
    public String describe() {
        return "run '" + keep + "' for '" + duplicate + "' too";
    }
}
