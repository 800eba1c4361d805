package dev.fettle.api.change;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;

/**
 * Lets another tool answer a node's calls.
 *
 * <pre>
 *   node: tools {search: linear_search}      becomes      node: tools {search: indexed_search}
 * </pre>
 *
 * Refused where the node does not use the tool, the other is not declared, or they have no capability in common.
 *
 * @param tool that answers in the workflow as it is
 */
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
        boolean calls =
                target.body() instanceof NodeBody.Tool body && body.tool().equals(tool);
        if (!target.tools().containsValue(tool) && !calls) {
            return ChangeResult.refused("(" + node + ") does not use the tool (" + tool + ")");
        }
        return Rewrites.mapNode(workflow, node, this::substitute);
    }

    private Node substitute(Node target) {
        Node.Builder builder = target.toBuilder();
        target.tools().forEach((binding, answering) -> {
            if (answering.equals(tool)) {
                builder.tools(Rewrites.with(builder.build().tools(), binding, replacement));
            }
        });
        if (target.body() instanceof NodeBody.Tool body && body.tool().equals(tool)) {
            builder.body(new NodeBody.Tool(replacement, body.arguments()));
        }
        return builder.build();
    }

    @Override
    public String describe() {
        return "let '" + replacement + "' answer the calls of '" + tool + "' in '" + node + "'";
    }
}
