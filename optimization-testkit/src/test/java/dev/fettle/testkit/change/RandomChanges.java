package dev.fettle.testkit.change;

import dev.fettle.api.change.MergeNodes;
import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.change.SubstituteModel;
import dev.fettle.api.change.SubstituteTool;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes that somebody might try on a workflow, sensible and not. */
final class RandomChanges {
    private RandomChanges() {}

    static List<RemoveNode> removals(Workflow workflow) {
        return workflow.allNodes().stream()
                .map(node -> new RemoveNode(node.id()))
                .toList();
    }

    static List<MergeNodes> merges(Workflow workflow) {
        List<MergeNodes> merges = new ArrayList<>();
        for (Node keep : workflow.allNodes()) {
            for (Node duplicate : workflow.allNodes()) {
                if (keep.body().equals(duplicate.body())) {
                    merges.add(new MergeNodes(keep.id(), duplicate.id()));
                }
            }
        }
        return merges;
    }

    /** Every stretch of nodes that edges follow, whether or not control always does. */
    static List<Parallelize> blocks(Workflow workflow) {
        List<Parallelize> blocks = new ArrayList<>();
        for (Node first : workflow.nodes()) {
            List<String> line = new ArrayList<>(List.of(first.id()));
            for (int length = 2; length < 6; length++) {
                List<Edge> out = workflow.outgoing(line.get(line.size() - 1));
                if (out.isEmpty() || out.get(0).to().equals(Edge.END)) {
                    break;
                }
                line.add(out.get(0).to());
                blocks.add(new Parallelize("block_" + first.id() + "_" + length, line, ErrorStrategy.FAIL_FAST));
            }
        }
        return blocks;
    }

    static List<SubstituteTool> substitutions(Workflow workflow) {
        List<SubstituteTool> substitutions = new ArrayList<>();
        for (Node node : workflow.allNodes()) {
            for (String tool : node.answeringTools()) {
                for (ToolSpec other : workflow.tools()) {
                    substitutions.add(new SubstituteTool(node.id(), tool, other.name()));
                }
            }
        }
        return substitutions;
    }

    private static List<WorkflowChange> settings(Workflow workflow) {
        List<WorkflowChange> settings = new ArrayList<>();
        for (Node node : workflow.allNodes()) {
            settings.add(new SetParameter(node.id(), "limit", 3));
            settings.add(new SubstituteModel(node.id(), "tiny"));
            settings.add(new SetPolicies(node.id(), Policies.NONE.withTimeout(Duration.ofSeconds(9))));
            settings.add(new SetPolicies(node.id(), Policies.NONE.withRetry(new Policies.Retry(3, Duration.ZERO))));
            settings.add(new SetPolicies(
                    node.id(),
                    Policies.NONE.withCache(new Policies.Cache(null, null, 10, Policies.Cache.Eviction.LRU))));
        }
        return settings;
    }

    /** A few of all kinds, in random order; later ones may concern nodes that earlier ones took away. */
    static List<WorkflowChange> some(Workflow workflow, long seed) {
        List<WorkflowChange> all = new ArrayList<>();
        all.addAll(removals(workflow));
        all.addAll(merges(workflow));
        all.addAll(blocks(workflow));
        all.addAll(substitutions(workflow));
        all.addAll(settings(workflow));
        Collections.shuffle(all, new Random(seed));
        return all.subList(0, Math.min(all.size(), 2 + (int) (seed % 12)));
    }
}
