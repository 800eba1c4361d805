package dev.fettle.api.change;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets another tool answer a node's calls.
 *
 * <pre>
 *   node: tools {search: linear_search}      becomes      node: tools {search: indexed_search}
 * </pre>
 *
 * Refused where the node does not use the tool, the other is not declared, they have no capability in common, or the other
 * has effects that must be kept. A cache or a batch for the tool's calls goes over to the other where it may have one.
 *
 * @param tool that answers in the workflow as it is
 */
@Stable
public record SubstituteTool(String node, String tool, String replacement) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        Node target = workflow.node(node).orElse(null);
        if (target == null) {
            return Rewrites.missing(node);
        }
        ToolSpec before = workflow.tool(tool).orElse(null);
        ToolSpec after = workflow.tool(replacement).orElse(null);
        if (before == null || after == null) {
            return ChangeResult.refused("the tool (" + (before == null ? tool : replacement) + ") is not declared");
        }
        if (before.capabilities().stream().noneMatch(after.capabilities()::contains)) {
            return ChangeResult.refused("(" + replacement + ") has none of the capabilities " + before.capabilities()
                    + " of (" + tool + ")");
        }
        if (tool.equals(replacement)) {
            return ChangeResult.refused("(" + tool + ") cannot stand in for itself");
        }
        if (after.effects().mustKeep()) {
            return ChangeResult.refused(
                    "(" + replacement + ") has effects (" + after.effects() + ") that must be kept; expected none");
        }
        if (!target.tools().containsValue(tool) && !calls(target)) {
            return ChangeResult.refused("(" + node + ") does not use the tool (" + tool + ")");
        }
        return Rewrites.mapNode(workflow, node, changed -> substitute(changed, after));
    }

    /** Whether the node is itself a call of the tool, and no binding gives the name to another. */
    private boolean calls(Node target) {
        return target.body() instanceof NodeBody.Tool body
                && body.tool().equals(tool)
                && !target.tools().containsKey(tool);
    }

    private Node substitute(Node target, ToolSpec after) {
        Map<String, String> tools = new LinkedHashMap<>();
        target.tools()
                .forEach((binding, answering) -> tools.put(binding, answering.equals(tool) ? replacement : answering));
        Node.Builder builder = target.toBuilder().tools(tools).policies(policies(target.policies(), after));
        if (target.body() instanceof NodeBody.Tool body && calls(target)) {
            builder.body(new NodeBody.Tool(replacement, body.arguments()));
        }
        return builder.build();
    }

    private Policies policies(Policies before, ToolSpec after) {
        Policies policies = before;
        Policies.Cache cache = before.cache();
        if (cache != null && tool.equals(cache.tool())) {
            policies = policies.withCache(cache.of(replacement));
        }
        Policies.Batch batch = before.batch();
        if (batch != null && batch.tool().equals(tool)) {
            policies = policies.withBatch(
                    after.batch() || batch.concurrent()
                            ? new Policies.Batch(replacement, batch.maxSize(), batch.concurrent())
                            : null);
        }
        return policies;
    }

    @Override
    public String describe() {
        return "let '" + replacement + "' answer the calls of '" + tool + "' in '" + node + "'";
    }
}
