package dev.fettle.api.workflow;

import dev.fettle.api.Stable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A typed graph of nodes that communicate through named state keys.
 *
 * @param id a name for people and files: letters, digits, {@code - _ .}
 * @param entry the node where a run starts
 * @param inputs state keys that are there when a run starts
 * @param outputs state keys that are the result; empty where they are not known
 * @param nodes top-level nodes in definition order; members of parallel nodes are inside them
 * @param discovered derived from traces: branching without conditions is allowed, and it cannot be run
 */
@Stable
public record Workflow(
        String id,
        String entry,
        Set<String> inputs,
        Set<String> outputs,
        List<Node> nodes,
        List<Edge> edges,
        List<ToolSpec> tools,
        boolean discovered) {

    public Workflow {
        inputs = Copies.set(inputs);
        outputs = Copies.set(outputs);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        tools = List.copyOf(tools);
    }

    /** The node with this id, at the top level or inside a parallel node. */
    public Optional<Node> node(String nodeId) {
        return Optional.ofNullable(find(nodes, nodeId));
    }

    private static @Nullable Node find(List<Node> among, String nodeId) {
        for (Node node : among) {
            if (node.id().equals(nodeId)) {
                return node;
            }
            if (node.body() instanceof NodeBody.Parallel block) {
                Node found = find(block.members(), nodeId);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    public Optional<ToolSpec> tool(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /**
     * What running a node does to the world: its own effects, and those of the tools that answer it. A tool that is not
     * declared counts as unknown.
     */
    public Effects effectsOf(Node node) {
        Effects effects = node.effects();
        for (String tool : node.answeringTools()) {
            effects = effects.and(tool(tool).map(ToolSpec::effects).orElse(Effects.UNKNOWN));
        }
        for (Node member : node.members()) {
            effects = effects.and(effectsOf(member));
        }
        return effects;
    }

    /** All nodes, each parallel node followed by its members. */
    public List<Node> allNodes() {
        List<Node> all = new ArrayList<>(nodes.size());
        collect(nodes, all);
        return all;
    }

    private static void collect(List<Node> nodes, List<Node> into) {
        for (Node node : nodes) {
            into.add(node);
            if (node.body() instanceof NodeBody.Parallel block) {
                collect(block.members(), into);
            }
        }
    }

    /** The parallel node that has this node as a member; empty for a top-level node. */
    public Optional<Node> parent(String nodeId) {
        return Optional.ofNullable(findParent(nodes, nodeId));
    }

    private static @Nullable Node findParent(List<Node> among, String nodeId) {
        for (Node node : among) {
            if (node.body() instanceof NodeBody.Parallel block) {
                for (Node member : block.members()) {
                    if (member.id().equals(nodeId)) {
                        return node;
                    }
                }
                Node found = findParent(block.members(), nodeId);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    public List<Edge> outgoing(String nodeId) {
        List<Edge> outgoing = new ArrayList<>();
        for (Edge edge : edges) {
            if (edge.from().equals(nodeId)) {
                outgoing.add(edge);
            }
        }
        return Collections.unmodifiableList(outgoing);
    }

    public List<Edge> incoming(String nodeId) {
        List<Edge> incoming = new ArrayList<>();
        for (Edge edge : edges) {
            if (edge.to().equals(nodeId)) {
                incoming.add(edge);
            }
        }
        return Collections.unmodifiableList(incoming);
    }

    public Workflow withNodes(List<Node> newNodes) {
        return new Workflow(id, entry, inputs, outputs, newNodes, edges, tools, discovered);
    }

    public Workflow withEdges(List<Edge> newEdges) {
        return new Workflow(id, entry, inputs, outputs, nodes, newEdges, tools, discovered);
    }

    public Workflow withTools(List<ToolSpec> newTools) {
        return new Workflow(id, entry, inputs, outputs, nodes, edges, newTools, discovered);
    }

    public Workflow withEntry(String newEntry) {
        return new Workflow(id, newEntry, inputs, outputs, nodes, edges, tools, discovered);
    }

    /** This workflow with one node, wherever it is, replaced by what the function makes of it. */
    public Workflow mapNode(String nodeId, UnaryOperator<Node> function) {
        return withNodes(mapNode(nodes, nodeId, function));
    }

    private static List<Node> mapNode(List<Node> nodes, String nodeId, UnaryOperator<Node> function) {
        List<Node> mapped = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            if (node.id().equals(nodeId)) {
                mapped.add(function.apply(node));
            } else if (node.body() instanceof NodeBody.Parallel parallel) {
                List<Node> members = mapNode(parallel.members(), nodeId, function);
                mapped.add(node.toBuilder()
                        .body(new NodeBody.Parallel(members, parallel.onError(), parallel.reducers()))
                        .build());
            } else {
                mapped.add(node);
            }
        }
        return mapped;
    }

    /** All nodes by id. */
    public Map<String, Node> nodesById() {
        Map<String, Node> byId = new LinkedHashMap<>();
        allNodes().forEach(node -> byId.put(node.id(), node));
        return byId;
    }
}
