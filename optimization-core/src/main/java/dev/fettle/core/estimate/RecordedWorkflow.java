package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.Map;

/**
 * The workflow of the recorded runs, with what every comparison with it needs.
 *
 * @param nodes by id
 * @param blocks by node: its place in a block
 */
record RecordedWorkflow(
        Workflow workflow, Map<String, Node> nodes, Map<String, CandidateEffects.Membership> blocks, Shape shape) {
    static RecordedWorkflow of(Workflow workflow) {
        return new RecordedWorkflow(
                workflow, workflow.nodesById(), CandidateEffects.memberships(workflow), Shape.of(workflow));
    }
}
