package dev.fettle.core.estimate;

import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A seeded chain of function nodes with random data flow and tool calls, and sequential runs of it. */
final class GeneratedRuns {
    final Workflow workflow;
    final List<ExecutionTrace> traces = new ArrayList<>();
    final Random random;

    GeneratedRuns(long seed) {
        this(seed, 3 + (int) Math.floorMod(seed, 8L), 4);
    }

    GeneratedRuns(long seed, int nodes, int runs) {
        random = new Random(seed);
        workflow = chain(nodes);
        for (int run = 0; run < runs; run++) {
            traces.add(run(run));
        }
    }

    private Workflow chain(int count) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        Set<String> inputs = new LinkedHashSet<>(List.of("in"));
        for (int i = 0; i < count; i++) {
            Set<String> reads = new LinkedHashSet<>();
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) == 0) {
                    reads.add("k" + j);
                }
            }
            reads.add("in");
            nodes.add(Node.builder("n" + i, new NodeBody.Function("runner" + i))
                    .state(List.copyOf(reads), List.of("k" + i))
                    .effects(Effects.NONE)
                    .tools(Map.of("tool", "tool"))
                    .build());
            if (i > 0) {
                edges.add(Edge.of("n" + (i - 1), "n" + i));
            }
        }
        List<ToolSpec> tools = List.of(tool("tool", "0.5"), tool("other", "0.1"));
        return new Workflow("generated", "n0", inputs, Set.of(), nodes, edges, tools, false);
    }

    private static ToolSpec tool(String name, String price) {
        return new ToolSpec(name, Set.of("find"), name, Effects.NONE, Map.of(), new BigDecimal(price), false);
    }

    private ExecutionTrace run(int run) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        long now = nanos(0.01);
        for (Node node : workflow.nodes()) {
            long start = now + nanos(0.01);
            long duration = nanos(1);
            List<ToolCall> calls = new ArrayList<>();
            int count = random.nextInt(3);
            for (int i = 0; i < count; i++) {
                calls.add(call(start + i * duration / 4, duration / 8, "a" + random.nextInt(3)));
            }
            occurrences.add(NodeOccurrence.builder(node.id() + "@" + run, node.id())
                    .start(Duration.ofNanos(start))
                    .duration(Duration.ofNanos(duration))
                    .toolCalls(calls)
                    .cpu(Duration.ofNanos((long) (duration * random.nextDouble())))
                    .memoryBytes(1L + random.nextInt(1000))
                    .build());
            now = start + duration;
        }
        return trace("run-" + run, Status.OK, now + nanos(0.01), occurrences);
    }

    static ToolCall call(long start, long duration, String arguments) {
        return new ToolCall(
                "tool",
                arguments,
                "result",
                Duration.ofNanos(start),
                Duration.ofNanos(duration),
                Status.OK,
                null,
                null,
                null,
                null);
    }

    static ExecutionTrace trace(String id, Status status, long nanos, List<NodeOccurrence> occurrences) {
        return new ExecutionTrace(
                id, "generated", Instant.EPOCH, Duration.ofNanos(nanos), status, true, null, Map.of(), occurrences);
    }

    private long nanos(double mostSeconds) {
        return 1 + (long) (random.nextDouble() * mostSeconds * 1e9);
    }

    List<String> nodes() {
        return workflow.nodes().stream().map(Node::id).toList();
    }

    /** Recorded seconds of each node in a run. */
    static Map<String, Double> seconds(ExecutionTrace trace) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            seconds.put(occurrence.node(), Step.seconds(occurrence.duration()));
        }
        return seconds;
    }

    static Suggestion suggestion(String id, String decision, WorkflowChange... changes) {
        return suggestion(id, decision, List.of(), changes);
    }

    static Suggestion suggestion(
            String id, String decision, List<ExpectedOutcome> outcomes, WorkflowChange... changes) {
        return new Suggestion(
                id,
                "test",
                "test",
                List.of(),
                decision,
                RiskLevel.LOW,
                Recommendation.AUTOMATIC,
                "test",
                List.of(new Evidence("test", 1, 1, 1, 1)),
                List.of(changes),
                outcomes,
                1);
    }
}
