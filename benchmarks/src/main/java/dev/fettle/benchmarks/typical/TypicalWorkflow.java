package dev.fettle.benchmarks.typical;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A chain of nodes with data flow between them, and recorded runs of it, some of which failed. The same for the same seed.
 *
 * @param traces recorded runs
 */
public record TypicalWorkflow(Workflow workflow, List<ExecutionTrace> traces) {
    private static final double FAILING = 0.06;

    public TypicalWorkflow {
        traces = List.copyOf(traces);
    }

    public static TypicalWorkflow of(long seed, int nodes, int runs) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Node> chain = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        double[] seconds = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            List<String> reads = new ArrayList<>(List.of("in"));
            for (int j = Math.max(0, i - 6); j < i; j++) {
                if (random.nextInt(4) == 0) {
                    reads.add("k" + j);
                }
            }
            chain.add(Node.builder("n" + i, new NodeBody.Function("work"))
                    .state(reads, List.of("k" + i))
                    .effects(Effects.NONE)
                    .tools(Map.of("search", "search"))
                    .build());
            if (i > 0) {
                edges.add(Edge.of("n" + (i - 1), "n" + i));
            }
            seconds[i] = random.nextDouble(0.2, 5);
        }
        Workflow workflow = new Workflow(
                "typical",
                "n0",
                Set.of("in"),
                Set.of("k" + (nodes - 1)),
                chain,
                edges,
                List.of(tool("search", "0.02"), tool("quick-search", "0.005")),
                false);
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            traces.add(run(workflow, seconds, run, random));
        }
        return new TypicalWorkflow(workflow, traces);
    }

    private static ToolSpec tool(String name, String price) {
        return new ToolSpec(name, Set.of("find"), name, Effects.NONE, Map.of(), new BigDecimal(price), false);
    }

    private static ExecutionTrace run(Workflow workflow, double[] seconds, int run, SplittableRandom random) {
        boolean failing = random.nextDouble() < FAILING;
        int last = failing ? random.nextInt(seconds.length) : seconds.length - 1;
        List<NodeOccurrence> occurrences = new ArrayList<>();
        long now = 0;
        for (int i = 0; i <= last; i++) {
            long start = now + nanos(random.nextDouble(0.001, 0.01));
            long duration = nanos(seconds[i] * Math.exp(0.4 * random.nextGaussian()));
            List<ToolCall> calls = new ArrayList<>();
            int count = random.nextInt(5);
            for (int call = 0; call < count; call++) {
                calls.add(new ToolCall(
                        "search",
                        "a" + random.nextInt(4),
                        "r",
                        Duration.ofNanos(start + call * duration / 5),
                        Duration.ofNanos(duration / 6),
                        Status.OK,
                        null,
                        null,
                        null,
                        null));
            }
            occurrences.add(NodeOccurrence.builder("n" + i + "@" + run, "n" + i)
                    .start(Duration.ofNanos(start))
                    .duration(Duration.ofNanos(duration))
                    .status(failing && i == last ? Status.ERROR : Status.OK)
                    .toolCalls(calls)
                    .cpu(Duration.ofNanos(duration / 10))
                    .build());
            now = start + duration;
        }
        return new ExecutionTrace(
                "run-" + run,
                workflow.id(),
                Instant.EPOCH,
                Duration.ofNanos(now + 1_000_000),
                failing ? Status.ERROR : Status.OK,
                true,
                null,
                Map.of(),
                occurrences);
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }
}
