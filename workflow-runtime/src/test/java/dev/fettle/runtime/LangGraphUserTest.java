package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bsc.langgraph4j.action.AsyncEdgeAction.edge_async;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.runtime.langgraph4j.Declarations;
import dev.fettle.runtime.langgraph4j.GraphRecording;
import dev.fettle.runtime.langgraph4j.ImportedGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bsc.langgraph4j.GraphStateException;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.state.AgentState;
import org.bsc.langgraph4j.state.Channel;
import org.bsc.langgraph4j.state.Channels;
import org.junit.jupiter.api.Test;

/** What a user of LangGraph4j does with Fettle; docs/langgraph4j.md shows the same. */
class LangGraphUserTest {
    private final AtomicInteger unused = new AtomicInteger();
    private CyclicBarrier together = new CyclicBarrier(1);

    private static Map<String, Channel<?>> channels() {
        return Map.of("log", Channels.appender(ArrayList::new));
    }

    private static String text(AgentState state, String key) {
        return state.<String>value(key).orElse("");
    }

    private static int number(AgentState state) {
        return state.<Integer>value("n").orElse(0);
    }

    private StateGraph<AgentState> chain() throws GraphStateException {
        return new StateGraph<>(channels(), AgentState::new)
                .addNode("load", node_async(state -> Map.of("text", text(state, "file") + "!")))
                .addNode("style", node_async(state -> {
                    together.await();
                    return Map.of("style", "s(" + text(state, "text") + ")", "log", List.of("style"));
                }))
                .addNode("secrets", node_async(state -> {
                    together.await();
                    return Map.of("secrets", "x(" + text(state, "text") + ")", "log", List.of("secrets"));
                }))
                .addNode("unused", node_async(state -> {
                    unused.incrementAndGet();
                    return Map.of("waste", 1);
                }))
                .addNode("report", node_async(state -> Map.of("report", text(state, "style") + text(state, "secrets"))))
                .addEdge(StateGraph.START, "load")
                .addEdge("load", "style")
                .addEdge("style", "secrets")
                .addEdge("secrets", "unused")
                .addEdge("unused", "report")
                .addEdge("report", StateGraph.END);
    }

    private static Declarations declared() {
        return Declarations.NONE
                .node("load", List.of("file"), List.of("text"), Effects.NONE)
                .node("style", List.of("text"), List.of("style"), Effects.NONE)
                .node("secrets", List.of("text"), List.of("secrets"), Effects.NONE)
                .node("unused", List.of("text"), List.of("waste"), Effects.NONE)
                .node("report", List.of("style", "secrets"), List.of("report"), Effects.NONE)
                .outputs(List.of("report"));
    }

    private static Workflow applied(ChangeResult result) {
        if (result instanceof ChangeResult.Applied done) {
            return done.workflow();
        }
        throw new AssertionError(result);
    }

    @Test
    void theStructureBecomesAWorkflow() throws Exception {
        Workflow workflow = ImportedGraph.of("review", chain(), declared()).workflow();
        assertThat(workflow.nodes().stream().map(node -> node.id()))
                .containsExactly("load", "style", "secrets", "unused", "report");
        assertThat(workflow.inputs()).containsExactly("file");
        assertThat(WorkflowCheck.problems(workflow)).isEmpty();
    }

    @Test
    void aRunIsRecorded() throws Exception {
        ImportedGraph<AgentState> imported = ImportedGraph.of("review", chain(), declared());
        GraphRecording<AgentState> run = imported.record();
        assertThat(run.graph()
                        .compile()
                        .invoke(Map.of("file", "A"))
                        .orElseThrow()
                        .data())
                .containsEntry("report", "s(A!)x(A!)");
        ExecutionTrace trace = run.trace();
        assertThat(trace.occurrences().stream().map(NodeOccurrence::node))
                .containsExactly("load", "style", "secrets", "unused", "report");
        NodeOccurrence style = trace.occurrences().get(1);
        NodeOccurrence load = trace.occurrences().get(0);
        assertThat(style.readHashes().get("text")).isEqualTo(load.writeHashes().get("text"));
        assertThat(style.start()).isGreaterThanOrEqualTo(load.end());
    }

    @Test
    void anOptimizedWorkflowIsAGraphWithTheSameCode() throws Exception {
        ImportedGraph<AgentState> imported = ImportedGraph.of("review", chain(), declared());
        Workflow slim = applied(new RemoveNode("unused").apply(imported.workflow()));
        Workflow wide =
                applied(new Parallelize("checks", List.of("style", "secrets"), ErrorStrategy.FAIL_FAST).apply(slim));
        // Each waits for the other: this ends only where they run at the same time.
        together = new CyclicBarrier(2);
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Map<String, Object> state = imported.optimized(wide, executor)
                    .compile()
                    .invoke(Map.of("file", "A"))
                    .orElseThrow()
                    .data();
            assertThat(state).containsEntry("report", "s(A!)x(A!)").doesNotContainKey("waste");
            assertThat(state.get("log")).isEqualTo(List.of("style", "secrets"));
            assertThat(unused).hasValue(0);
        } finally {
            executor.shutdownNow();
            assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void conditionsParallelEdgesAndLoopsKeepTheirMeaning() throws Exception {
        StateGraph<AgentState> graph = new StateGraph<>(channels(), AgentState::new)
                .addNode("start", node_async(state -> Map.of("n", 0)))
                .addNode("left", node_async(state -> Map.of("left", 1)))
                .addNode("right", node_async(state -> Map.of("right", 2)))
                .addNode("join", node_async(state -> Map.of("n", number(state) + 1)))
                .addEdge(StateGraph.START, "start")
                .addEdge("start", "left")
                .addEdge("start", "right")
                .addEdge("left", "join")
                .addEdge("right", "join")
                .addConditionalEdges(
                        "join",
                        edge_async(state -> number(state) < 3 ? "again" : "done"),
                        Map.of("again", "join", "done", StateGraph.END));
        ImportedGraph<AgentState> imported = ImportedGraph.of(
                "loop",
                graph,
                Declarations.NONE
                        .node("left", List.of(), List.of("left"), Effects.NONE)
                        .node("right", List.of(), List.of("right"), Effects.NONE));
        assertThat(WorkflowCheck.problems(imported.workflow())).isEmpty();
        assertThat(imported.workflow().node("start#parallel").orElseThrow().kind())
                .isEqualTo(NodeKind.PARALLEL);
        assertThat(imported.workflow().node("join#next").orElseThrow().kind()).isEqualTo(NodeKind.CONDITION);
        GraphRecording<AgentState> run = imported.record();
        Map<String, Object> state =
                run.graph().compile().invoke(Map.of()).orElseThrow().data();
        assertThat(state)
                .isEqualTo(graph.compile().invoke(Map.of()).orElseThrow().data());
        assertThat(state).containsEntry("n", 3).containsEntry("left", 1).containsEntry("right", 2);
        assertThat(run.trace().occurrences().stream()
                        .filter(one -> one.node().equals("join#next"))
                        .map(NodeOccurrence::label))
                .containsExactly("again", "again", "done");
        NodeOccurrence block = run.trace().occurrences().stream()
                .filter(one -> one.node().equals("start#parallel"))
                .findFirst()
                .orElseThrow();
        assertThat(run.trace().occurrences().stream()
                        .filter(one -> one.node().equals("left"))
                        .map(NodeOccurrence::parent))
                .containsExactly(block.id());
    }

    /** Both branches see the state before the fork, and the channels put their writes together, as in the graph itself. */
    @Test
    void parallelEdgesStayAForkForChannelsThatBothBranchesReadAndWrite() throws Exception {
        Map<String, Channel<?>> channels = Map.of(
                "messages",
                Channels.appender(ArrayList::new),
                "sum",
                Channels.base((Integer a, Integer b) -> a + b, () -> 0));
        StateGraph<AgentState> graph = new StateGraph<>(channels, AgentState::new)
                .addNode("start", node_async(state -> Map.of("messages", List.of("start"))))
                .addNode(
                        "l",
                        node_async(state -> Map.of(
                                "messages",
                                List.of("l saw " + state.value("messages").orElse("")),
                                "sum",
                                1)))
                .addNode(
                        "r",
                        node_async(state -> Map.of(
                                "messages",
                                List.of("r saw " + state.value("messages").orElse("")),
                                "sum",
                                2)))
                .addNode("last", node_async(state -> Map.of()))
                .addEdge(StateGraph.START, "start")
                .addEdge("start", "l")
                .addEdge("start", "r")
                .addEdge("l", "last")
                .addEdge("r", "last")
                .addEdge("last", StateGraph.END);
        Map<String, Object> original =
                graph.compile().invoke(Map.of()).orElseThrow().data();

        for (Declarations declarations : List.of(
                Declarations.NONE,
                Declarations.NONE
                        .node("l", List.of("messages"), List.of("messages", "sum"), Effects.NONE)
                        .node("r", List.of("messages"), List.of("messages", "sum"), Effects.NONE))) {
            GraphRecording<AgentState> run =
                    ImportedGraph.of("fork", graph, declarations).record();
            assertThat(run.graph().compile().invoke(Map.of()).orElseThrow().data())
                    .isEqualTo(original);
        }
        assertThat(original).containsEntry("sum", 3);
    }

    @Test
    void whatAGraphCannotDoIsRefused() throws Exception {
        ImportedGraph<AgentState> imported = ImportedGraph.of("review", chain(), declared());
        Workflow cached = imported.workflow().mapNode("style", node -> node.toBuilder()
                .policies(Policies.NONE.withCache(new Policies.Cache("grep", null, 10, Policies.Cache.Eviction.LRU)))
                .build());
        assertThatThrownBy(() -> imported.optimized(cached))
                .hasMessageContaining("(style)")
                .hasMessageContaining("cache");
        assertThatThrownBy(() -> ImportedGraph.of(
                        "review", chain(), declared().node("stile", List.of(), List.of(), Effects.NONE)))
                .hasMessageContaining("(stile)")
                .hasMessageContaining("Maybe (style)");
    }
}
