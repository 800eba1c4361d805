package dev.fettle.core.estimate;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.Parallelize;
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
import dev.fettle.api.workflow.NodeKind;
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
public final class GeneratedRuns {
    public final Workflow workflow;
    public final List<ExecutionTrace> traces = new ArrayList<>();
    public final Random random;

    GeneratedRuns(long seed) {
        this(seed, 3 + (int) Math.floorMod(seed, 8L), 4);
    }

    public GeneratedRuns(long seed, int nodes, int runs) {
        this(seed, nodes, runs, 0, false);
    }

    /**
     * @param failing part of the runs that end with a failure
     * @param block whether the nodes from the second to the last but one were recorded in a block
     */
    public GeneratedRuns(long seed, int nodes, int runs, double failing, boolean block) {
        random = new Random(seed);
        Workflow chain = chain(nodes);
        workflow = block ? inBlock(chain) : chain;
        for (int run = 0; run < runs; run++) {
            ExecutionTrace trace = run(chain, run);
            trace = block ? inBlock(trace) : trace;
            traces.add(random.nextDouble() < failing ? failed(trace) : trace);
        }
    }

    private static Workflow inBlock(Workflow chain) {
        List<String> inner = chain.nodes().subList(1, chain.nodes().size() - 1).stream()
                .map(Node::id)
                .toList();
        ChangeResult result = new Parallelize("recorded", inner, NodeBody.ErrorStrategy.FAIL_FAST).apply(chain);
        return ((ChangeResult.Applied) result).workflow();
    }

    /** Moves the inner steps to where a block would have run them, with some waiting. */
    private ExecutionTrace inBlock(ExecutionTrace trace) {
        int last = trace.occurrences().size() - 1;
        NodeOccurrence first = trace.occurrences().get(1);
        List<NodeOccurrence> members = new ArrayList<>();
        Map<String, Long> written = new LinkedHashMap<>();
        long end = 0;
        for (NodeOccurrence occurrence : trace.occurrences().subList(1, last)) {
            Node node = workflow.node(occurrence.node()).orElseThrow();
            long ready = first.start().toNanos();
            for (String key : node.state().reads()) {
                ready = Math.max(ready, written.getOrDefault(key, 0L));
            }
            NodeOccurrence moved =
                    moved(occurrence, ready + nanos(0.01) - occurrence.start().toNanos());
            members.add(moved.toBuilder().parent("block@" + trace.id()).build());
            written.put("k" + node.id().substring(1), moved.end().toNanos());
            end = Math.max(end, moved.end().toNanos());
        }
        NodeOccurrence block = NodeOccurrence.builder("block@" + trace.id(), "recorded")
                .kind(NodeKind.PARALLEL)
                .start(first.start())
                .duration(Duration.ofNanos(end + nanos(0.01)).minus(first.start()))
                .build();
        NodeOccurrence tail = trace.occurrences().get(last);
        tail = moved(tail, block.end().toNanos() + nanos(0.01) - tail.start().toNanos());
        List<NodeOccurrence> all = new ArrayList<>(List.of(trace.occurrences().get(0), block));
        all.addAll(members);
        all.add(tail);
        return trace(trace.id(), Status.OK, tail.end().toNanos() + nanos(0.01), all);
    }

    private static NodeOccurrence moved(NodeOccurrence occurrence, long nanos) {
        return occurrence.toBuilder()
                .start(occurrence.start().plusNanos(nanos))
                .toolCalls(occurrence.toolCalls().stream()
                        .map(call -> call(
                                call.start().toNanos() + nanos,
                                call.duration().toNanos(),
                                String.valueOf(call.argumentHash())))
                        .toList())
                .build();
    }

    private ExecutionTrace failed(ExecutionTrace trace) {
        List<NodeOccurrence> kept = new ArrayList<>(trace.occurrences()
                .subList(0, 1 + random.nextInt(trace.occurrences().size() - 1)));
        int last = kept.size() - 1;
        kept.set(
                last,
                kept.get(last).toBuilder()
                        .status(Status.ERROR)
                        .errorType("Broken")
                        .build());
        long end = kept.stream().mapToLong(step -> step.end().toNanos()).max().orElseThrow();
        return trace(trace.id(), Status.ERROR, end, kept);
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
        return new Workflow("generated", "n0", inputs, Set.of("k" + (count - 1)), nodes, edges, tools, false);
    }

    private static ToolSpec tool(String name, String price) {
        return new ToolSpec(name, Set.of("find"), name, Effects.NONE, Map.of(), new BigDecimal(price), false);
    }

    private ExecutionTrace run(Workflow chain, int run) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        long now = nanos(0.01);
        for (Node node : chain.nodes()) {
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

    public List<String> nodes() {
        return workflow.allNodes().stream()
                .filter(node -> node.members().isEmpty())
                .map(Node::id)
                .toList();
    }

    /** Recorded seconds of each node in a run. */
    static Map<String, Double> seconds(ExecutionTrace trace) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            seconds.put(occurrence.node(), Step.seconds(occurrence.duration()));
        }
        return seconds;
    }

    public static Suggestion suggestion(String id, String decision, WorkflowChange... changes) {
        return suggestion(id, decision, List.of(), changes);
    }

    public static Suggestion suggestion(
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
