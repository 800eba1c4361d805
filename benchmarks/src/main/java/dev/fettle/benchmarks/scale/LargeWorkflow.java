package dev.fettle.benchmarks.scale;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A generated chain of nodes: each reads what a node a little before it wrote; nobody needs what a third of them write, and
 * one in ten does what another does. One in five calls a tool, often with arguments that it used before; one in seven is an
 * agent, and one in eleven is slow or fails now and then. All inputs and outputs are recorded.
 */
final class LargeWorkflow {
    private static final int REACH = 8;
    private static final int ARGUMENTS = 4;
    private static final int VALUES = 50;
    private static final String MODEL = "gpt-4o";

    private final int size;
    private final long seed;

    LargeWorkflow(int size, long seed) {
        this.size = size;
        this.seed = seed;
    }

    Workflow workflow() {
        SplittableRandom random = new SplittableRandom(seed);
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        String needed = "input";
        for (int i = 0; i < size; i++) {
            int back = random.nextInt(Math.max(1, Math.min(REACH, i)));
            boolean unused = i % 3 == 1;
            String read = unused && i > 0 ? "key" + Math.max(0, i - 1 - back) : needed;
            String runner = "work" + (i % 10 == 9 ? i - 3 : i);
            boolean agent = i % 7 == 3;
            NodeBody body =
                    agent ? new NodeBody.Agent(MODEL, "Answer {" + read + "} as JSON") : new NodeBody.Function(runner);
            nodes.add(Node.builder("node" + i, body)
                    .state(List.of(read), List.of("key" + i))
                    .effects(Effects.NONE)
                    .tools(i % 5 == 0 ? Map.of("lookup", "lookup") : Map.of())
                    .build());
            needed = unused ? needed : "key" + i;
            if (i > 0) {
                edges.add(Edge.of("node" + (i - 1), "node" + i));
            }
        }
        ToolSpec lookup = new ToolSpec("lookup", Set.of(), "lookup", Effects.NONE, Map.of(), null, true);
        return new Workflow("large", "node0", Set.of("input"), Set.of(needed), nodes, edges, List.of(lookup), false);
    }

    ExecutionTrace trace(Workflow workflow, int number) {
        SplittableRandom random = new SplittableRandom(seed * 31 + number);
        List<NodeOccurrence> occurrences = new ArrayList<>(size);
        long at = 0;
        int place = 0;
        for (Node node : workflow.nodes()) {
            boolean unsteady = place++ % 11 == 5;
            boolean slow = unsteady && random.nextInt(20) == 0;
            boolean failed = unsteady && random.nextInt(10) == 0;
            long length = (slow ? 50 : 1) * (1_000_000L + random.nextLong(1_000_000L));
            occurrences.add(NodeOccurrence.builder(node.id() + "#", node.id())
                    .kind(node.kind())
                    .start(Duration.ofNanos(at))
                    .duration(Duration.ofNanos(length))
                    .status(failed ? Status.ERROR : Status.OK)
                    .errorType(failed ? "TimeoutException" : null)
                    .modelCalls(node.kind() == NodeKind.AGENT ? List.of(modelCall(random, at, length)) : List.of())
                    .toolCalls(node.tools().isEmpty() ? List.of() : toolCalls(node, random, at, length))
                    .readHashes(hashes(node.state().reads(), random))
                    .writeHashes(failed ? Map.of() : hashes(node.state().writes(), random))
                    .build());
            at += length;
        }
        return new ExecutionTrace(
                "trace" + number,
                workflow.id(),
                Instant.EPOCH.plusSeconds(number),
                Duration.ofNanos(at),
                Status.OK,
                true,
                null,
                Map.of(),
                occurrences);
    }

    private static Map<String, String> hashes(Set<String> keys, SplittableRandom random) {
        Map<String, String> hashes = new HashMap<>();
        keys.forEach(key -> hashes.put(key, "value" + random.nextInt(VALUES)));
        return hashes;
    }

    private static List<ToolCall> toolCalls(Node node, SplittableRandom random, long at, long length) {
        List<ToolCall> calls = new ArrayList<>();
        for (int call = 0; call < 2; call++) {
            int argument = random.nextInt(ARGUMENTS);
            calls.add(new ToolCall(
                    "lookup",
                    node.id() + argument,
                    "result" + argument,
                    Duration.ofNanos(at + call * length / 2),
                    Duration.ofNanos(length / 2),
                    Status.OK,
                    null,
                    null,
                    null,
                    null));
        }
        return calls;
    }

    private static ModelCall modelCall(SplittableRandom random, long at, long length) {
        TokenUsage tokens = new TokenUsage(500 + random.nextInt(500), 50 + random.nextInt(200), 0);
        String input = "input" + random.nextInt(VALUES);
        return new ModelCall(
                MODEL,
                Duration.ofNanos(at),
                Duration.ofNanos(length),
                tokens,
                Status.OK,
                null,
                null,
                input,
                "output of " + input);
    }
}
