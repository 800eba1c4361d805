package dev.fettle.testkit.workflow;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Comparison;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds workflows in a few lines. Without edges the nodes form a chain in order, as in a definition file.
 *
 * <pre>{@code
 * Workflow review = WorkflowBuilder.workflow("review")
 *         .inputs("folder").outputs("report")
 *         .function("read", n -> n.reads("folder").writes("files"))
 *         .function("report", n -> n.reads("files").writes("report"))
 *         .build();
 * }</pre>
 */
@Stable
public final class WorkflowBuilder {
    private final String id;
    private @Nullable String entry;
    private final Set<String> inputs = new LinkedHashSet<>();
    private final Set<String> outputs = new LinkedHashSet<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<ToolSpec> tools = new ArrayList<>();
    private boolean discovered;

    private WorkflowBuilder(String id) {
        this.id = id;
    }

    public static WorkflowBuilder workflow(String id) {
        return new WorkflowBuilder(id);
    }

    public WorkflowBuilder inputs(String... keys) {
        inputs.addAll(List.of(keys));
        return this;
    }

    public WorkflowBuilder outputs(String... keys) {
        outputs.addAll(List.of(keys));
        return this;
    }

    /** Where runs start, if not at the first node. */
    public WorkflowBuilder entry(String node) {
        entry = node;
        return this;
    }

    public WorkflowBuilder discovered() {
        discovered = true;
        return this;
    }

    public WorkflowBuilder tool(String name, Consumer<ToolDraft> draft) {
        ToolDraft tool = new ToolDraft(name);
        draft.accept(tool);
        tools.add(tool.build());
        return this;
    }

    /** A function node whose runner has the node's id, unless the draft names another. */
    public WorkflowBuilder function(String node, Consumer<NodeDraft> draft) {
        return add(node, new NodeBody.Function(node), draft);
    }

    public WorkflowBuilder agent(String node, Consumer<NodeDraft> draft) {
        return add(node, new NodeBody.Agent(null, ""), draft);
    }

    public WorkflowBuilder command(String node, List<String> command, Consumer<NodeDraft> draft) {
        return add(node, new NodeBody.Command(command, List.of(), NodeBody.Command.DEFAULT_OUTPUT_LIMIT_BYTES), draft);
    }

    /** A node that is one call of a tool. */
    public WorkflowBuilder call(String node, String tool, Map<String, String> arguments, Consumer<NodeDraft> draft) {
        return add(node, new NodeBody.Tool(tool, arguments), draft);
    }

    public WorkflowBuilder human(String node, Consumer<NodeDraft> draft) {
        return add(node, new NodeBody.Human("?"), draft);
    }

    /** A condition that looks whether the key holds something. */
    public WorkflowBuilder condition(String node, String key) {
        NodeBody body = new NodeBody.Condition(null, new Comparison(key, Comparison.Operator.PRESENT, null));
        return add(node, body, draft -> draft.reads(key));
    }

    /** A condition with a runner of its own. */
    public WorkflowBuilder condition(String node, Consumer<NodeDraft> draft) {
        return add(node, new NodeBody.Condition(node, null), draft);
    }

    /** A dataflow block; its members are the nodes that the consumer adds. */
    public WorkflowBuilder parallel(String node, Consumer<WorkflowBuilder> members) {
        return parallel(node, Map.of(), members);
    }

    public WorkflowBuilder parallel(
            String node, Map<String, NodeBody.Reducer> reducers, Consumer<WorkflowBuilder> members) {
        WorkflowBuilder inner = new WorkflowBuilder(node);
        members.accept(inner);
        nodes.add(block(node, inner.nodes, reducers));
        return this;
    }

    static Node block(String id, List<Node> members, Map<String, NodeBody.Reducer> reducers) {
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        members.forEach(member -> reads.addAll(member.state().reads()));
        members.forEach(member -> writes.addAll(member.state().writes()));
        var effects = members.stream().map(Node::effects).reduce((a, b) -> a.and(b));
        Node.Builder builder = Node.builder(
                        id,
                        new NodeBody.Parallel(members, NodeBody.ErrorStrategy.FAIL_FAST, new LinkedHashMap<>(reducers)))
                .state(StateAccess.of(reads, writes));
        return effects.map(builder::effects).orElse(builder).build();
    }

    /** A node made elsewhere. */
    public WorkflowBuilder node(Node node) {
        nodes.add(node);
        return this;
    }

    private WorkflowBuilder add(String node, NodeBody body, Consumer<NodeDraft> consumer) {
        NodeDraft draft = new NodeDraft(node, body);
        consumer.accept(draft);
        nodes.add(draft.build());
        return this;
    }

    /** Edges from each node to the next in the list. */
    public WorkflowBuilder path(String... chain) {
        for (int i = 1; i < chain.length; i++) {
            edges.add(Edge.of(chain[i - 1], chain[i]));
        }
        return this;
    }

    public WorkflowBuilder when(String condition, String label, String to) {
        edges.add(Edge.when(condition, to, label));
        return this;
    }

    /** An edge back, taken at most so many times in one run. */
    public WorkflowBuilder loop(String from, String label, String to, int maxTraversals) {
        edges.add(new Edge(from, to, label, maxTraversals));
        return this;
    }

    public WorkflowBuilder edge(Edge edge) {
        edges.add(edge);
        return this;
    }

    /** The workflow; fails where it is not well formed. */
    public Workflow build() {
        Workflow workflow = buildUnchecked();
        List<WorkflowCheck.Problem> problems = WorkflowCheck.problems(workflow);
        if (!problems.isEmpty()) {
            throw new AssertionError("the workflow (" + id + ") is not well formed: " + problems);
        }
        return workflow;
    }

    /** The workflow as it stands, for tests of what is wrong with it. */
    public Workflow buildUnchecked() {
        List<Edge> all = new ArrayList<>(edges);
        if (all.isEmpty()) {
            for (int i = 1; i < nodes.size(); i++) {
                all.add(Edge.of(nodes.get(i - 1).id(), nodes.get(i).id()));
            }
        }
        String first =
                entry != null ? entry : nodes.isEmpty() ? "" : nodes.get(0).id();
        return new Workflow(id, first, inputs, outputs, nodes, all, tools, discovered);
    }
}
