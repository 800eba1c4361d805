package dev.fettle.core.prove;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Work;
import dev.fettle.api.workflow.Workflow;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node does in a workflow, whatever the node is called: its work, by the tools that answer its calls, and by the models
 * that are asked. How often it is tried, for how long, when it starts, and what is kept of its calls is no part of it.
 *
 * @param declared the tools that answer; empty where the workflow does not declare one
 */
public record ResolvedWork(Work work, Map<String, Optional<ToolSpec>> declared, Policies.@Nullable Cascade cascade) {
    public static ResolvedWork of(Workflow workflow, Node node) {
        Map<String, Optional<ToolSpec>> declared = new TreeMap<>();
        node.answeringTools().forEach(tool -> declared.put(tool, workflow.tool(tool)));
        return new ResolvedWork(Work.of(node), declared, node.policies().cascade());
    }

    /** Whether a node of one workflow does the same, with the same keys, as a node of another. */
    public static boolean isShared(Workflow one, Node first, Workflow other, Node second) {
        return of(one, first).equals(of(other, second));
    }
}
