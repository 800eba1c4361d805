package dev.fettle.core.discover;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what runs show of a node into a node. */
final class DiscoveredNodes {
    private DiscoveredNodes() {}

    /** @param member of a parallel node, in which there are no conditions */
    static Node node(String id, NodeFacts facts, boolean member) {
        Map<String, String> tools = new LinkedHashMap<>();
        facts.tools().forEach(tool -> tools.put(tool, tool));
        return Node.builder(id, body(id, facts, member)).tools(tools).build();
    }

    private static NodeBody body(String id, NodeFacts facts, boolean member) {
        return switch (facts.kind()) {
            case AGENT -> new NodeBody.Agent(facts.model(), "");
            case TOOL -> new NodeBody.Tool(tool(id, facts), Map.of());
            case COMMAND -> new NodeBody.Command(List.of(), List.of(), NodeBody.Command.DEFAULT_OUTPUT_LIMIT_BYTES);
            case CONDITION -> member ? new NodeBody.Function(null) : new NodeBody.Condition(null, null);
            case HUMAN -> new NodeBody.Human("");
            case TEAM -> new NodeBody.Team(NodeBody.Team.Formation.SEQUENTIAL, List.of(), 1);
            case SUB_WORKFLOW -> new NodeBody.SubWorkflow(id);
            // a step that calls a model is an agent, whatever its instrumentation calls it
            case FUNCTION, PARALLEL ->
                facts.callsModels() ? new NodeBody.Agent(facts.model(), "") : new NodeBody.Function(null);
        };
    }

    private static String tool(String id, NodeFacts facts) {
        String tool = facts.mostUsedTool();
        return tool == null ? id.substring(id.lastIndexOf('/') + 1) : tool;
    }
}
