package dev.fettle.runtime.langgraph4j;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.runtime.cache.Caches;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncCommandAction;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.bsc.langgraph4j.state.AgentState;
import org.jspecify.annotations.Nullable;

/** From a version of an imported workflow to a graph with the code of the original. */
final class GraphWriter<S extends AgentState> {
    private final ImportedGraph<S> imported;
    private final Workflow version;
    private final Executor executor;
    private final @Nullable GraphRecording<S> recording;
    private final Caches caches = new Caches(System::nanoTime);

    GraphWriter(ImportedGraph<S> imported, Workflow version, Executor executor, @Nullable GraphRecording<S> recording) {
        this.imported = imported;
        this.version = version;
        this.executor = executor;
        this.recording = recording;
    }

    StateGraph<S> graph() {
        List<WorkflowCheck.Problem> problems = WorkflowCheck.problems(version);
        if (!problems.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the workflow (" + version.id() + ") is not well formed: "
                            + problems.get(0).message());
        }
        StateGraph<S> graph = new StateGraph<>(
                imported.original().getChannels(), imported.original().getStateSerializer());
        try {
            for (Node node : version.nodes()) {
                if (node.kind() != NodeKind.CONDITION) {
                    graph.addNode(node.id(), action(node, null));
                } else if (owner(node) == null) {
                    graph.addNode(node.id(), AsyncNodeActionWithConfig.noop());
                }
            }
            graph.addEdge(StateGraph.START, name(version.entry()));
            for (Node node : version.nodes()) {
                edges(graph, node);
            }
        } catch (GraphStateException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "LangGraph4j refused the graph of (" + version.id() + "): " + e.getMessage(),
                    e);
        }
        return graph;
    }

    /** The only node that leads to a condition, on which its edges can be then; null where there are several. */
    private @Nullable String owner(Node condition) {
        List<Edge> incoming = version.incoming(condition.id());
        if (incoming.size() != 1 || version.entry().equals(condition.id())) {
            return null;
        }
        Node before = version.node(incoming.get(0).from()).orElseThrow();
        return before.kind() == NodeKind.CONDITION ? null : before.id();
    }

    private void edges(StateGraph<S> graph, Node node) throws GraphStateException {
        if (node.kind() == NodeKind.CONDITION) {
            Map<String, String> targets = new LinkedHashMap<>();
            version.outgoing(node.id()).forEach(edge -> targets.put(label(node, edge), name(edge.to())));
            String owner = owner(node);
            graph.addConditionalEdges(owner == null ? node.id() : owner, condition(node), targets);
            return;
        }
        List<Edge> outgoing = version.outgoing(node.id());
        String next = outgoing.isEmpty() ? Edge.END : outgoing.get(0).to();
        boolean merged = version.node(next)
                .filter(target -> target.kind() == NodeKind.CONDITION && owner(target) != null)
                .isPresent();
        if (!merged) {
            graph.addEdge(node.id(), name(next));
        }
    }

    private static String label(Node node, Edge edge) {
        if (edge.when() == null) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the condition (" + node.id() + ") has an edge for every other label; expected a label for each");
        }
        return edge.when();
    }

    private static String name(String target) {
        return target.equals(Edge.END) ? StateGraph.END : target;
    }

    private AsyncCommandAction<S> condition(Node node) {
        AsyncCommandAction<S> action = node.body() instanceof NodeBody.Condition body && body.runner() != null
                ? imported.condition(body.runner())
                : null;
        if (action == null) {
            throw without(node);
        }
        return recording == null ? action : recording.condition(node, action);
    }

    private AsyncNodeActionWithConfig<S> action(Node node, @Nullable String parent) {
        AsyncNodeActionWithConfig<S> action;
        if (node.body() instanceof NodeBody.Parallel parallel) {
            Map<Node, AsyncNodeActionWithConfig<S>> members = new LinkedHashMap<>();
            parallel.members().forEach(member -> members.put(member, action(member, node.id())));
            action = new ActionBlock<>(
                    members, imported.original(), executor, node.id().endsWith(ImportedGraph.BLOCK));
        } else {
            action = node.body() instanceof NodeBody.Function function && function.runner() != null
                    ? imported.action(function.runner())
                    : null;
        }
        if (action == null) {
            throw without(node);
        }
        AsyncNodeActionWithConfig<S> run = withPolicies(node, withCopies(node, action));
        return recording == null ? run : recording.action(node, parent, run);
    }

    private FettleException without(Node node) {
        return new FettleException(
                ErrorCode.BAD_INPUT,
                "the graph has no code for the " + node.kind().word() + " (" + node.id()
                        + "); expected nodes of the imported graph");
    }

    private static <S extends AgentState> AsyncNodeActionWithConfig<S> withCopies(
            Node node, AsyncNodeActionWithConfig<S> action) {
        if (node.copies().isEmpty()) {
            return action;
        }
        return (state, config) -> action.apply(state, config).thenApply(updates -> {
            Map<String, Object> all = new LinkedHashMap<>(updates);
            node.copies().forEach((target, source) -> {
                if (updates.containsKey(source)) {
                    all.put(target, updates.get(source));
                }
            });
            return all;
        });
    }

    private AsyncNodeActionWithConfig<S> withPolicies(Node node, AsyncNodeActionWithConfig<S> action) {
        Policies policies = node.policies();
        Policies.Cache cache = policies.cache();
        boolean inside = cache != null
                && (cache.tool() != null || !cache.invalidation().tools().isEmpty());
        if (inside || policies.batch() != null || policies.cascade() != null || policies.speculation() != null) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the node (" + node.id()
                            + ") has a cache of a tool, a batch, a cascade or speculation, which need to see inside the"
                            + " node's own code; expected a cache of the whole node, a timeout or retries. Maybe leave"
                            + " such suggestions out of the plan");
        }
        AsyncNodeActionWithConfig<S> run = action;
        if (cache != null) {
            run = new CachedAction<>(run, node, cache, caches, version.id());
        }
        if (policies.timeout() != null) {
            run = new TimedAction<>(run, policies.timeout(), executor);
        }
        Policies.Retry retry = policies.retry();
        return retry == null ? run : new RetriedAction<>(run, retry, executor);
    }

    static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null
                ? Objects.requireNonNull(error.getCause())
                : error;
    }
}
