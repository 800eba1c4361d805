package dev.fettle.core.profile;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Traces of every shape the accumulator must take: nested, failing, incomplete, with repeated and changing tool calls. */
final class RandomTraces {
    private static final List<NodeKind> KINDS =
            List.of(NodeKind.AGENT, NodeKind.TOOL, NodeKind.FUNCTION, NodeKind.COMMAND);

    private final SplittableRandom random;

    RandomTraces(long seed) {
        random = new SplittableRandom(seed);
    }

    List<ExecutionTrace> list(int count) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            traces.add(trace("trace-" + random.nextLong(Long.MAX_VALUE), i));
        }
        return traces;
    }

    ExecutionTrace trace(String id, int order) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        long clock = 0;
        int top = 1 + random.nextInt(6);
        for (int i = 0; i < top; i++) {
            long length = 1_000 + random.nextLong(5_000_000_000L);
            String topId = "o" + occurrences.size();
            occurrences.add(occurrence(topId, "node-" + random.nextInt(5), clock, length)
                    .kind(KINDS.get(random.nextInt(KINDS.size())))
                    .build());
            long inner = clock;
            for (int c = random.nextInt(3); c > 0; c--) {
                long start = inner + random.nextLong(length / 4 + 1);
                occurrences.add(occurrence(
                                "o" + occurrences.size(),
                                "node-0/inner-" + random.nextInt(2),
                                start,
                                random.nextLong(length / 2 + 1))
                        .parent(topId)
                        .build());
                inner = start;
            }
            clock += random.nextInt(4) == 0 ? length / 2 : length;
        }
        Status status = random.nextInt(5) == 0 ? Status.ERROR : Status.OK;
        return new ExecutionTrace(
                id,
                "generated",
                Instant.ofEpochMilli(1_700_000_000_000L + order * 60_000L + random.nextInt(1000)),
                Duration.ofNanos(clock + 1),
                status,
                random.nextInt(10) != 0,
                null,
                Map.of(),
                occurrences);
    }

    private NodeOccurrence.Builder occurrence(String id, String node, long start, long length) {
        boolean failed = random.nextInt(8) == 0;
        List<ToolCall> calls = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            int arguments = random.nextInt(6);
            String tool = "tool-" + random.nextInt(3);
            String result = tool.equals("tool-0") ? "r" + arguments : "r" + random.nextInt(3);
            calls.add(new ToolCall(
                    tool,
                    random.nextInt(9) == 0 ? null : "a" + arguments,
                    random.nextInt(9) == 0 ? null : result,
                    Duration.ofNanos(start + i),
                    Duration.ofNanos(random.nextLong(1_000_000)),
                    random.nextInt(10) == 0 ? Status.ERROR : Status.OK,
                    null,
                    random.nextInt(5) == 0 ? Boolean.valueOf(random.nextBoolean()) : null,
                    random.nextBoolean() ? 0.001 * random.nextInt(50) : null,
                    null));
        }
        List<ModelCall> models = random.nextBoolean() ? List.of() : List.of(modelCall(start));
        return NodeOccurrence.builder(id, node)
                .start(Duration.ofNanos(start))
                .duration(Duration.ofNanos(length))
                .status(failed ? Status.ERROR : Status.OK)
                .errorType(failed ? "Error" + random.nextInt(3) : null)
                .toolCalls(calls)
                .modelCalls(models)
                .readHashes(random.nextBoolean() ? Map.of() : Map.of("in", "h" + random.nextInt(2)))
                .writeHashes(random.nextBoolean() ? Map.of() : Map.of("out", "h" + random.nextInt(2)))
                .cpu(random.nextBoolean() ? null : Duration.ofNanos(random.nextLong(1_000_000)))
                .memoryBytes(random.nextBoolean() ? null : random.nextLong(1L << 30));
    }

    private ModelCall modelCall(long start) {
        String[] names = {"gpt-4o", "o3-mini-2025-01-31", "no-such-model"};
        long input = random.nextLong(10_000);
        return new ModelCall(
                names[random.nextInt(3)],
                Duration.ofNanos(start),
                Duration.ofMillis(5),
                new TokenUsage(input, random.nextLong(1000), random.nextLong(input + 1)),
                Status.OK,
                null,
                random.nextInt(3) == 0 ? 0.01 * random.nextInt(10) : null,
                null,
                null);
    }
}
