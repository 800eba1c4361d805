package dev.fettle.core.report;

import dev.fettle.api.profile.CostSummary;
import dev.fettle.api.profile.DurationSummary;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Profiles and runs of made-up analyses. */
final class SampleRuns {
    static final String[] NODES = {
        "read_files",
        "parse",
        "lint",
        "complexity",
        "embed",
        "find_similar",
        "history",
        "duplicates",
        "rank",
        "summarize"
    };
    static final double[] SECONDS = {0.08, 0.41, 0.33, 0.29, 0.52, 0.94, 0.21, 0.3, 0.05, 0.18};

    private SampleRuns() {}

    static DurationSummary duration(double seconds, long count) {
        return new DurationSummary(
                count,
                nanos(seconds * count),
                nanos(seconds),
                nanos(seconds * 0.97),
                nanos(seconds * 1.3),
                nanos(seconds * 1.5),
                nanos(seconds * 1.7));
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    static PerformanceProfile profile(Workflow workflow) {
        TreeMap<String, NodeProfile> nodes = new TreeMap<>();
        List<Node> all = workflow.allNodes();
        for (int i = 0; i < all.size(); i++) {
            Node node = all.get(i);
            double seconds = SECONDS[i % SECONDS.length];
            boolean agent = node.model() != null;
            nodes.put(
                    node.id(),
                    new NodeProfile(
                            node.id(),
                            node.kind(),
                            24,
                            24,
                            duration(seconds, 24),
                            duration(seconds, 24),
                            seconds / 3.31,
                            Rate.of(i == 2 ? 21 : 24, 24),
                            i == 2 ? Map.of("java.io.IOException", 3L) : Map.of(),
                            Double.NaN,
                            agent ? new TokenUsage(48_000, 6_100, 0) : TokenUsage.NONE,
                            agent ? new BigDecimal("0.0288") : BigDecimal.ZERO,
                            agent ? Map.of("fettle-extractive", 24L) : Map.of(),
                            Map.of(),
                            0,
                            0,
                            null,
                            null));
        }
        TreeMap<String, ToolProfile> tools = new TreeMap<>();
        tools.put(
                "linear_search",
                new ToolProfile(
                        "linear_search",
                        240,
                        0,
                        Rate.of(240, 240),
                        duration(0.09, 240),
                        BigDecimal.ZERO,
                        true,
                        12,
                        12,
                        Rate.of(0, 0),
                        0,
                        0));
        return new PerformanceProfile(
                workflow.id(),
                24,
                1,
                Rate.of(24, 24),
                duration(3.31, 23),
                new TokenUsage(48_000, 6_100, 0),
                new CostSummary(
                        new BigDecimal("0.0288"),
                        Map.of("fettle-extractive", new BigDecimal("0.0288")),
                        Map.of(),
                        Set.of("mystery-model")),
                nodes,
                tools,
                List.of(),
                List.of());
    }

    static ExecutionTrace trace(String prefix, boolean after) {
        List<NodeOccurrence> occurrences = new ArrayList<>();
        double clock = 0;
        for (int i = 0; i < NODES.length; i++) {
            if (after && NODES[i].equals("history")) {
                continue;
            }
            double seconds = after && NODES[i].equals("find_similar") ? 0.12 : SECONDS[i];
            boolean together = after && i >= 1 && i <= 3;
            occurrences.add(NodeOccurrence.builder("o" + i, prefix + NODES[i])
                    .start(nanos(clock))
                    .duration(nanos(seconds))
                    .status(i == 2 && !after ? Status.ERROR : Status.OK)
                    .errorType(i == 2 ? "java.io.IOException" : null)
                    .build());
            clock += together ? 0 : seconds;
        }
        return new ExecutionTrace(
                "t", "repo-review", Instant.EPOCH, nanos(clock), Status.OK, true, null, Map.of(), occurrences);
    }
}
