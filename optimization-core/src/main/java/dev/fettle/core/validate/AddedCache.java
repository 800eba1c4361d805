package dev.fettle.core.validate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A cache of a candidate's node that the original does not have, or has with other settings. */
record AddedCache(Node node, Policies.Cache cache) {
    static List<AddedCache> of(Workflow original, Workflow candidate) {
        List<AddedCache> added = new ArrayList<>();
        for (Node node : candidate.allNodes()) {
            Policies.Cache cache = node.policies().cache();
            Policies.Cache before = original.node(node.id())
                    .map(Node::policies)
                    .orElse(Policies.NONE)
                    .cache();
            if (cache != null && !cache.equals(before)) {
                added.add(new AddedCache(node, cache));
            }
        }
        return added;
    }

    /** Whose answers it keeps: of the one tool, or, as a node's result rests on them, of all that the node calls. */
    Set<String> tools() {
        return cache.tool() == null ? node.answeringTools() : Set.of(cache.tool());
    }
}
