package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The workflow of the recorded runs, with what every comparison with it needs.
 *
 * @param nodes by id
 * @param positions of the nodes, counted from 0, by id
 * @param blocks by node: its place in a block
 */
record RecordedWorkflow(
        Workflow workflow,
        Map<String, Node> nodes,
        Map<String, Integer> positions,
        Map<String, Membership> blocks,
        Shape shape) {
    static RecordedWorkflow of(Workflow workflow) {
        Map<String, Node> nodes = workflow.nodesById();
        Map<String, Integer> positions = new HashMap<>();
        nodes.keySet().forEach(id -> positions.put(id, positions.size()));
        return new RecordedWorkflow(workflow, nodes, positions, Membership.of(workflow), Shape.of(workflow));
    }

    /** Of a node; -1 where the workflow does not have it. */
    int position(String node) {
        return positions.getOrDefault(node, -1);
    }

    /** Effects of no change, by position. */
    NodeEffect[] unchanged() {
        NodeEffect[] effects = new NodeEffect[nodes.size()];
        Arrays.fill(effects, NodeEffect.NONE);
        return effects;
    }
}
