package dev.fettle.benchmarks.mutation;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.MergeNodes;
import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.change.SubstituteTool;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rewrites after which a workflow computes and does the same as before. */
final class EqualRewrites {
    private final Workflow workflow;
    private final List<Variant> made = new ArrayList<>();

    private EqualRewrites(Workflow workflow) {
        this.workflow = workflow;
    }

    static List<Variant> of(Workflow workflow) {
        EqualRewrites rewrites = new EqualRewrites(workflow);
        rewrites.unused();
        rewrites.duplicates();
        rewrites.blocks();
        rewrites.order();
        rewrites.caches();
        rewrites.tools();
        return rewrites.made;
    }

    private void change(String kind, WorkflowChange change) {
        if (change.apply(workflow) instanceof ChangeResult.Applied applied
                && !applied.workflow().equals(workflow)) {
            made.add(new Variant(kind, workflow.id() + ": " + change.describe(), applied.workflow()));
        }
    }

    private void unused() {
        for (Node node : Graphs.leaves(workflow)) {
            // a node that writes nothing may be there to fail
            if (workflow.effectsOf(node) == Effects.NONE
                    && !node.state().writes().isEmpty()) {
                change("unused node removed", new RemoveNode(node.id()));
            }
        }
    }

    private void duplicates() {
        for (Node keep : Graphs.leaves(workflow)) {
            for (Node duplicate : Graphs.leaves(workflow)) {
                boolean free = workflow.effectsOf(keep) == Effects.NONE && keep.kind() != NodeKind.AGENT;
                if (free && keep.body().equals(duplicate.body())) {
                    change("duplicates merged", new MergeNodes(keep.id(), duplicate.id()));
                }
            }
        }
    }

    private void blocks() {
        for (Node first : workflow.nodes()) {
            List<String> line = new ArrayList<>(List.of(first.id()));
            String last = first.id();
            for (int length = 2; length < 6; length++) {
                String from = last;
                List<Node> next = Graphs.neighbours(workflow).stream()
                        .filter(pair -> pair.get(0).id().equals(from))
                        .map(pair -> pair.get(1))
                        .toList();
                if (next.isEmpty()) {
                    break;
                }
                last = next.get(0).id();
                line.add(last);
                change(
                        "parallelized",
                        new Parallelize("block_" + first.id() + "_" + length, line, NodeBody.ErrorStrategy.FAIL_FAST));
            }
        }
    }

    private void order() {
        for (List<Node> pair : Graphs.neighbours(workflow)) {
            Node first = pair.get(0);
            Node second = pair.get(1);
            boolean independent =
                    Collections.disjoint(first.state().writes(), second.state().reads())
                            && Collections.disjoint(
                                    first.state().reads(), second.state().writes())
                            && Collections.disjoint(
                                    first.state().writes(), second.state().writes())
                            && workflow.effectsOf(first) == Effects.NONE
                            && workflow.effectsOf(second) == Effects.NONE
                            && first.state().known()
                            && second.state().known();
            if (independent) {
                made.add(new Variant(
                        "reordered",
                        workflow.id() + ": " + second.id() + " before " + first.id(),
                        Graphs.swapped(workflow, first, second)));
            }
        }
    }

    private void caches() {
        for (Node node : Graphs.leaves(workflow)) {
            boolean stateful = node.answeringTools().stream().anyMatch(tool -> tool.contains(SymbolicRunners.STATEFUL));
            if (workflow.effectsOf(node) != Effects.NONE || stateful || node.kind() == NodeKind.CONDITION) {
                continue;
            }
            Policies.Cache whole = new Policies.Cache(null, null, 100, Policies.Cache.Eviction.LRU);
            change("exact cache", new SetPolicies(node.id(), node.policies().withCache(whole)));
            for (String tool : node.answeringTools()) {
                Policies.Cache calls = new Policies.Cache(tool, null, 100, Policies.Cache.Eviction.LRU);
                change("exact cache", new SetPolicies(node.id(), node.policies().withCache(calls)));
            }
        }
    }

    private void tools() {
        for (Node node : Graphs.leaves(workflow)) {
            for (String tool : node.answeringTools()) {
                for (ToolSpec other : workflow.tools()) {
                    boolean equal = !tool.contains(SymbolicRunners.STATEFUL)
                            && !other.name().contains(SymbolicRunners.STATEFUL)
                            && other.effects() == Effects.NONE
                            && workflow.tool(tool).map(ToolSpec::effects).orElse(Effects.UNKNOWN) == Effects.NONE;
                    if (equal) {
                        change("equal tool", new SubstituteTool(node.id(), tool, other.name()));
                    }
                }
            }
        }
    }
}
