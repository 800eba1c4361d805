package dev.fettle.api.workflow;

import dev.fettle.api.Evolving;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a workflow is well formed: every id unique, every edge between nodes that exist, every node reachable, every
 * loop limited, every key that is read written before or an input, no two members of a block writing one key without a
 * reducer.
 */
@Evolving
public final class WorkflowCheck {
    private static final Pattern ID = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.\\-/ :()\\[\\]<>#@+]{0,199}");

    private final Workflow workflow;
    private final List<Node> nodes;
    private final Map<String, List<Edge>> outgoing = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private WorkflowCheck(Workflow workflow, List<Node> nodes) {
        this.workflow = workflow;
        this.nodes = nodes;
    }

    /**
     * One thing that is wrong.
     *
     * @param node the node concerned, or the workflow's id
     */
    public record Problem(String node, String message) {}

    /** Everything that is wrong with the workflow; empty when it is well formed. */
    public static List<Problem> problems(Workflow workflow) {
        return new WorkflowCheck(workflow, workflow.allNodes()).run();
    }

    private List<Problem> run() {
        for (Edge edge : workflow.edges()) {
            outgoing.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(edge);
        }
        ids();
        edges();
        if (problems.isEmpty()) {
            reachability();
            loops();
            toolNames();
            nodes.forEach(this::node);
            if (!workflow.discovered()) {
                branching();
                dataFlow();
            }
        }
        return List.copyOf(problems);
    }

    /**
     * What may be wrong with a well formed workflow after one node of it came to do its work otherwise (with another model,
     * other tools, policies or parameters), while its kind, its place in the graph, its members and what it reads and writes
     * are the same. Much faster than looking at everything.
     */
    public static List<Problem> problemsAround(Workflow workflow, String node) {
        WorkflowCheck check = new WorkflowCheck(workflow, List.of());
        check.around(workflow.nodes(), node);
        return List.copyOf(check.problems);
    }

    private void around(List<Node> among, String node) {
        for (Node other : among) {
            // a speculation looks at other nodes
            if (other.id().equals(node) || other.policies().speculation() != null) {
                node(other);
            }
            if (other.body() instanceof NodeBody.Parallel block) {
                around(block.members(), node);
            }
        }
    }

    private void node(Node node) {
        members(node);
        tools(node);
        copies(node);
        PolicyCheck.problems(workflow, node, node.policies()).forEach(problem -> report(node.id(), problem));
        parameters(node);
    }

    private List<Edge> outgoing(String node) {
        return outgoing.getOrDefault(node, List.of());
    }

    private void report(String node, String message) {
        problems.add(new Problem(node, message));
    }

    private void ids() {
        Set<String> seen = new HashSet<>();
        for (Node node : nodes) {
            if (!seen.add(node.id())) {
                report(node.id(), "the node id (" + node.id() + ") is used twice; every id must be unique");
            }
            if (!isValidId(node.id())) {
                report(
                        node.id(),
                        "the node id (" + node.id() + ") is not usable; expected letters, digits and _ . - / without"
                                + " '..', at most 200 characters, and not '" + Edge.END + "', to which edges lead where"
                                + " the workflow ends");
            }
        }
        if (workflow.nodes().isEmpty()) {
            report(workflow.id(), "the workflow has no nodes; expected at least one");
        } else if (workflow.nodes().stream().noneMatch(node -> node.id().equals(workflow.entry()))) {
            report(workflow.id(), "the entry (" + workflow.entry() + ") is not a top-level node");
        }
    }

    /** Whether an id is safe to use in files and messages. */
    public static boolean isValidId(String id) {
        return ID.matcher(id).matches() && !id.contains("..") && !id.equals(Edge.END);
    }

    private void edges() {
        Set<String> topLevel = new HashSet<>();
        workflow.nodes().forEach(node -> topLevel.add(node.id()));
        for (Edge edge : workflow.edges()) {
            if (!topLevel.contains(edge.from())) {
                report(edge.from(), "an edge starts at (" + edge.from() + "), which is not a top-level node");
            }
            if (!topLevel.contains(edge.to()) && !edge.to().equals(Edge.END)) {
                report(edge.from(), "an edge leads to (" + edge.to() + "), which is not a top-level node");
            }
            if (edge.maxTraversals() != null && edge.maxTraversals() < 1) {
                report(edge.from(), "maxTraversals is (" + edge.maxTraversals() + "); expected at least 1");
            }
        }
    }

    private void reachability() {
        Set<String> reached = reachableFrom(workflow.entry());
        reached.add(workflow.entry());
        for (Node node : workflow.nodes()) {
            if (!reached.contains(node.id())) {
                report(node.id(), "the node (" + node.id() + ") cannot be reached from the entry");
            }
        }
    }

    private Set<String> reachableFrom(String start) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            for (Edge edge : outgoing(open.remove())) {
                if (!edge.to().equals(Edge.END) && reached.add(edge.to())) {
                    open.add(edge.to());
                }
            }
        }
        return reached;
    }

    /** Every cycle must hold an edge with a limit: without the limited edges the graph must be acyclic. */
    private void loops() {
        Map<String, Integer> incoming = new HashMap<>();
        List<Edge> unlimited = workflow.edges().stream()
                .filter(edge -> edge.maxTraversals() == null && !edge.to().equals(Edge.END))
                .toList();
        unlimited.forEach(edge -> incoming.merge(edge.to(), 1, Integer::sum));
        Deque<String> free = new ArrayDeque<>();
        workflow.nodes().stream()
                .map(Node::id)
                .filter(id -> !incoming.containsKey(id))
                .forEach(free::add);
        int sorted = 0;
        while (!free.isEmpty()) {
            String id = free.remove();
            sorted++;
            for (Edge edge : outgoing(id)) {
                boolean counts = edge.maxTraversals() == null && !edge.to().equals(Edge.END);
                if (counts && incoming.merge(edge.to(), -1, Integer::sum) == 0) {
                    free.add(edge.to());
                }
            }
        }
        if (sorted < workflow.nodes().size()) {
            List<String> cyclic = workflow.nodes().stream()
                    .map(Node::id)
                    .filter(id -> incoming.getOrDefault(id, 0) > 0)
                    .toList();
            report(cyclic.get(0), "the nodes " + cyclic + " form a loop without a limit; give one edge maxTraversals");
        }
    }

    private void members(Node node) {
        if (!(node.body() instanceof NodeBody.Parallel parallel)) {
            return;
        }
        if (parallel.members().isEmpty()) {
            report(node.id(), "the parallel node (" + node.id() + ") has no members");
        }
        Map<String, String> writers = new HashMap<>();
        for (Node member : parallel.members()) {
            if (member.kind() == NodeKind.CONDITION) {
                report(
                        member.id(),
                        "the condition (" + member.id() + ") is a member of a parallel node;"
                                + " conditions choose edges, which members do not have");
            }
            Set<String> keys = new LinkedHashSet<>(member.state().writes());
            collectWrites(member, keys);
            for (String key : keys) {
                String earlier = writers.put(key, member.id());
                if (earlier != null && !parallel.reducers().containsKey(key)) {
                    report(
                            member.id(),
                            "the members (" + earlier + ") and (" + member.id() + ") both write (" + key + ") in ("
                                    + node.id() + "); declare a reducer for it or give them different keys");
                }
            }
        }
    }

    private static void collectWrites(Node node, Set<String> into) {
        for (Node member : node.members()) {
            into.addAll(member.state().writes());
            collectWrites(member, into);
        }
    }

    private void toolNames() {
        Set<String> names = new HashSet<>();
        for (ToolSpec tool : workflow.tools()) {
            if (!names.add(tool.name())) {
                report(workflow.id(), "the tool (" + tool.name() + ") is declared twice; every name must be unique");
            }
        }
    }

    private void tools(Node node) {
        for (String tool : node.tools().values()) {
            if (workflow.tool(tool).isEmpty()) {
                report(node.id(), "the node (" + node.id() + ") uses the tool (" + tool + "), which is not declared");
            }
        }
        if (node.body() instanceof NodeBody.Tool body
                && workflow.tool(body.tool()).isEmpty()
                && !node.tools().containsKey(body.tool())) {
            report(
                    node.id(),
                    "the node (" + node.id() + ") calls the tool (" + body.tool() + "), which is not declared");
        }
    }

    private void copies(Node node) {
        node.copies().forEach((target, source) -> {
            if (!node.state().writes().contains(source)
                    || !node.state().writes().contains(target)) {
                report(
                        node.id(),
                        "the node (" + node.id() + ") copies (" + source + ") to (" + target
                                + "), and both must be among its writes");
            }
        });
    }

    private void parameters(Node node) {
        if (node.kind() == NodeKind.AGENT || node.kind() == NodeKind.TEAM) {
            AgentParameters.of(node.parameters())
                    .problems()
                    .forEach(problem -> report(node.id(), "the node (" + node.id() + "): " + problem));
        }
    }

    private void branching() {
        for (Node node : workflow.nodes()) {
            List<Edge> outgoing = outgoing(node.id());
            boolean condition = node.kind() == NodeKind.CONDITION;
            if (!condition && outgoing.size() > 1) {
                report(
                        node.id(),
                        "the node (" + node.id() + ") has " + outgoing.size()
                                + " outgoing edges; only a condition may branch. Maybe use a parallel node");
            }
            if (!condition && outgoing.stream().anyMatch(edge -> edge.when() != null)) {
                report(node.id(), "the node (" + node.id() + ") has an edge with 'when', but is not a condition");
            }
            if (condition) {
                Set<String> labels = new HashSet<>();
                for (Edge edge : outgoing) {
                    if (!labels.add(edge.when() == null ? "every other label" : edge.when())) {
                        report(
                                node.id(),
                                "the condition (" + node.id() + ") has two edges for ("
                                        + (edge.when() == null ? "every other label" : edge.when()) + ")");
                    }
                }
            }
        }
    }

    private void dataFlow() {
        if (nodes.stream()
                .anyMatch(node -> !node.state().known() && node.members().isEmpty())) {
            return;
        }
        DataFlow flow = DataFlow.of(workflow);
        for (Node node : nodes) {
            if (node.members().isEmpty()) {
                for (String key : node.state().reads()) {
                    if (!workflow.inputs().contains(key) && !flow.isWrittenBefore(node.id(), key)) {
                        report(
                                node.id(),
                                "the node (" + node.id() + ") reads (" + key
                                        + "), which is not an input and which no earlier node writes");
                    }
                }
            }
        }
        for (String key : workflow.outputs()) {
            if (!workflow.inputs().contains(key) && flow.writers(key).isEmpty()) {
                report(workflow.id(), "the output (" + key + ") is written by no node");
            }
        }
    }
}
