package dev.fettle.core.prove;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node does with what it reads, whatever the node is called: with which tools, models and parameters. How often it is
 * tried, for how long, when it starts, and what is kept of its calls is no part of it.
 *
 * @param declared the tools that answer its calls; empty where the workflow does not declare one
 */
public record Work(
        NodeBody body,
        Map<String, String> tools,
        Map<String, Optional<ToolSpec>> declared,
        Map<String, Object> parameters,
        Policies.@Nullable Cascade cascade) {
    public static Work of(Workflow workflow, Node node) {
        Map<String, Optional<ToolSpec>> declared = new TreeMap<>();
        node.answeringTools().forEach(tool -> declared.put(tool, workflow.tool(tool)));
        return new Work(
                node.body(),
                node.tools(),
                declared,
                node.parameters(),
                node.policies().cascade());
    }

    /** Whether a node does the same with the same keys in both. */
    public static boolean isShared(Workflow one, Node first, Workflow other, Node second) {
        return of(one, first).equals(of(other, second))
                && first.state().reads().equals(second.state().reads());
    }
}
