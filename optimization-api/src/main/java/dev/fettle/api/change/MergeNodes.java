package dev.fettle.api.change;

import dev.fettle.api.workflow.DataFlow;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.StateAccess;
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
 * Refused where the nodes differ in what they do or read, or where a key that they read may change in between.
 */
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
        return Rewrites.checked(workflow, without.mapNode(keep, node -> withCopies(node, merged)));
    }

    private @Nullable String difference(Workflow workflow, Node kept, Node merged) {
        if (!kept.state().known() || !merged.state().known()) {
            return "what (" + keep + ") and (" + duplicate + ") read and write is not known";
        }
        boolean same = kept.body().equals(merged.body())
                && kept.state().reads().equals(merged.state().reads())
                && kept.tools().equals(merged.tools())
                && kept.parameters().equals(merged.parameters())
                && kept.state().writes().size() == merged.state().writes().size()
                && kept.copies().isEmpty()
                && merged.copies().isEmpty();
        if (!same) {
            return "(" + keep + ") and (" + duplicate + ") do not do the same on the same keys";
        }
        if (kept.effects().mustKeep()) {
            return "(" + keep + ") has effects (" + kept.effects() + ") that would happen once instead of twice";
        }
        DataFlow flow = DataFlow.of(workflow);
        if (!flow.canPrecede(keep, duplicate) || flow.canPrecede(duplicate, keep)) {
            return "(" + keep + ") does not always run before (" + duplicate + ")";
        }
        return keysInBetween(workflow, flow, kept, merged);
    }

    /** A third node that writes what both read, or what either writes, would make the runs differ. */
    private @Nullable String keysInBetween(Workflow workflow, DataFlow flow, Node kept, Node merged) {
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
        Set<String> added = new LinkedHashSet<>(merged.state().writes());
        added.removeAll(kept.state().writes());
        for (String key : added) {
            for (Node node : workflow.allNodes()) {
                if (node.state().reads().contains(key)
                        && !node.id().equals(keep)
                        && !flow.canPrecede(duplicate, node.id())) {
                    return "(" + node.id() + ") reads (" + key + ") before (" + duplicate + ") would have written it";
                }
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
