package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.langgraph4j.Declarations;
import dev.fettle.runtime.langgraph4j.ImportedGraph;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.NodeAction;
import org.bsc.langgraph4j.state.AgentState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies of nodes take effect in graphs of LangGraph4j. */
class LangGraphPoliciesTest {
    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        executor.shutdownNow();
    }

    /** A graph of one node that reads "in" and writes "out", under policies. */
    private CompiledGraph<AgentState> graph(NodeAction<AgentState> action, Policies policies) throws Exception {
        StateGraph<AgentState> graph = new StateGraph<>(AgentState::new)
                .addNode("work", node_async(action))
                .addEdge(StateGraph.START, "work")
                .addEdge("work", StateGraph.END);
        ImportedGraph<AgentState> imported = ImportedGraph.of(
                "one", graph, Declarations.NONE.node("work", List.of("in"), List.of("out"), Effects.NONE));
        Workflow changed = imported.workflow()
                .mapNode("work", node -> node.toBuilder().policies(policies).build());
        return imported.optimized(changed, executor).compile();
    }

    private static Object out(CompiledGraph<AgentState> graph, Object in) {
        return graph.invoke(Map.of("in", in)).orElseThrow().value("out").orElseThrow();
    }

    @Test
    void aFailingActionIsTriedAgain() throws Exception {
        CompiledGraph<AgentState> graph = graph(
                state -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                    return Map.of("out", 1);
                },
                new Policies(Duration.ofSeconds(30), new Policies.Retry(3, Duration.ofNanos(1)), null, null));

        assertThat(out(graph, "a")).isEqualTo(1);
        assertThat(calls).hasValue(3);
    }

    @Test
    void anActionThatIsOverItsTimeIsInterruptedAndItsThreadIsUsedAgain() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CompiledGraph<AgentState> graph = graph(
                state -> {
                    if (calls.incrementAndGet() == 1) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    }
                    return Map.of("out", Thread.currentThread().isInterrupted());
                },
                new Policies(Duration.ofMillis(200), null, null, null));

        assertThatThrownBy(() -> out(graph, "a")).hasStackTraceContaining("TimeoutException");
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(out(graph, "a")).isEqualTo(false);
    }

    @Test
    void aCacheAnswersWhatWasAskedInAnEarlierRun() throws Exception {
        CompiledGraph<AgentState> graph = graph(
                state -> Map.of("out", state.value("in").orElse("") + "/" + calls.incrementAndGet()),
                Policies.NONE.withCache(new Policies.Cache(null, null, 10, Policies.Cache.Eviction.LRU)));

        assertThat(out(graph, "a")).isEqualTo("a/1");
        assertThat(out(graph, "b")).isEqualTo("b/2");
        assertThat(out(graph, "a")).isEqualTo("a/1");
    }

    @Test
    void whatIsNoJsonIsNotCached() throws Exception {
        CompiledGraph<AgentState> graph = graph(
                state -> Map.of("out", Map.of("call", calls.incrementAndGet(), "when", Duration.ZERO)),
                Policies.NONE.withCache(new Policies.Cache(null, null, 10, Policies.Cache.Eviction.LRU)));

        out(graph, "a");
        out(graph, "a");

        assertThat(calls).hasValue(2);
    }
}
