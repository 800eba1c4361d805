package dev.fettle.api.change;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.DataFlow;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a node out and joins its neighbours.
 *
 * <pre>
 *   a ──▶ node ──▶ b      becomes      a ──▶ b
 * </pre>
 *
 * What is left computes what it computed before. Refused where the node is a condition on which the graph depends, where
 * it writes an output, where another node may read what it wrote (also where an older value would be there to read in its
 * place), and where what it or a later node reads and writes is not known.
 */
@Stable
public record RemoveNode(String node) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        Node removed = workflow.node(node).orElse(null);
        if (removed == null) {
            return Rewrites.missing(node);
        }
        String reason = neededFor(workflow, removed);
        if (reason != null) {
            return ChangeResult.refused(reason);
        }
        Workflow without = Rewrites.without(workflow, node);
        if (without == null) {
            return ChangeResult.refused("(" + node + ") cannot be taken out: it is a "
                    + removed.kind().word() + " on which the graph depends");
        }
        return Rewrites.checkedAround(workflow, without, node);
    }

    /** What the node's results are needed for; null where for nothing. */
    private @Nullable String neededFor(Workflow workflow, Node removed) {
        List<Node> leaves = Rewrites.leaves(removed);
        Set<String> own = new LinkedHashSet<>();
        Set<String> written = new LinkedHashSet<>();
        for (Node leaf : leaves) {
            own.add(leaf.id());
            written.addAll(leaf.state().writes());
        }
        List<Node> readers = new ArrayList<>();
        List<Node> hidden = new ArrayList<>();
        for (Node node : workflow.allNodes()) {
            boolean known = node.state().known();
            if ((!known || readsAny(node, written)) && node.members().isEmpty() && !own.contains(node.id())) {
                (known ? readers : hidden).add(node);
            }
        }
        for (Node leaf : leaves) {
            if (!leaf.state().known()) {
                return "what (" + leaf.id() + ") writes is not known, so somebody may need it";
            }
            for (String key : leaf.state().writes()) {
                String reader = after(
                        workflow,
                        leaf,
                        readers.stream()
                                .filter(other -> other.state().reads().contains(key))
                                .toList());
                if (reader != null) {
                    return "(" + reader + ") reads (" + key + "), which (" + leaf.id() + ") writes";
                }
                if (workflow.outputs().isEmpty()) {
                    return "the workflow declares no outputs, so (" + key + "), which (" + leaf.id()
                            + ") writes, may be one";
                }
                if (workflow.outputs().contains(key)) {
                    return "(" + leaf.id() + ") writes the output (" + key + ")";
                }
            }
            String unknown = leaf.state().writes().isEmpty() ? null : after(workflow, leaf, hidden);
            if (unknown != null) {
                return "what (" + unknown + ") reads is not known, so it may need what (" + leaf.id() + ") writes";
            }
        }
        return null;
    }

    private static boolean readsAny(Node node, Set<String> keys) {
        Set<String> reads = node.state().reads();
        for (String key : keys) {
            if (reads.contains(key)) {
                return true;
            }
        }
        return false;
    }

    /** The first of the nodes that can run after the leaf; null where none can. */
    private static @Nullable String after(Workflow workflow, Node leaf, List<Node> nodes) {
        if (nodes.isEmpty()) {
            return null;
        }
        DataFlow flow = DataFlow.of(workflow);
        return nodes.stream()
                .map(Node::id)
                .filter(id -> flow.canPrecede(leaf.id(), id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String describe() {
        return "remove node '" + node + "'";
    }
}
