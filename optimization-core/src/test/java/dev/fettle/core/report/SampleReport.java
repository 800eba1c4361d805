package dev.fettle.core.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SubstituteTool;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.CostSummary;
import dev.fettle.api.profile.DurationSummary;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
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
import java.util.TreeMap;

/** Reports of made-up analyses, of any size and with any names. */
final class SampleReport {
    private static final String[] NODES = {
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
    private static final double[] SECONDS = {0.08, 0.41, 0.33, 0.29, 0.52, 0.94, 0.21, 0.3, 0.05, 0.18};

    private SampleReport() {}

    static Workflow workflow(String prefix) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < NODES.length; i++) {
            boolean agent = NODES[i].equals("summarize");
            List<String> reads =
                    switch (NODES[i]) {
                        case "read_files" -> List.of("folder");
                        case "rank" -> List.of("lint", "complexity", "find_similar");
                        case "find_similar" -> List.of("embed");
                        case "summarize" -> List.of("rank");
                        default -> List.of("read_files");
                    };
            Node.Builder node = Node.builder(
                            prefix + NODES[i],
                            agent
                                    ? new NodeBody.Agent("fettle-extractive", "Summarize")
                                    : new NodeBody.Function(NODES[i]))
                    .state(reads, List.of(NODES[i]))
                    .effects(Effects.NONE);
            nodes.add(
                    NODES[i].equals("find_similar")
                            ? node.tools(Map.of("search", "linear_search")).build()
                            : node.build());
            if (i > 0) {
                edges.add(Edge.of(prefix + NODES[i - 1], prefix + NODES[i]));
            }
        }
        edges.add(new Edge(prefix + "summarize", prefix + "rank", null, 3));
        List<ToolSpec> tools = List.of(tool("linear_search"), tool("indexed_search"));
        return new Workflow(
                prefix + "repo-review",
                prefix + "read_files",
                Set.of("folder"),
                Set.of("summarize"),
                nodes,
                edges,
                tools,
                true);
    }

    private static ToolSpec tool(String name) {
        return new ToolSpec(name, Set.of("code-search"), name, Effects.NONE, Map.of(), BigDecimal.ZERO, false);
    }

    static ReportInput optimized(String prefix) {
        Workflow before = workflow(prefix);
        List<RankedSuggestion> suggestions = List.of(
                suggestion(
                        "tool_substitution",
                        prefix,
                        new SubstituteTool(prefix + "find_similar", "linear_search", "indexed_search"),
                        "find_similar",
                        2.5),
                suggestion(
                        "create_parallel_group",
                        prefix,
                        new Parallelize(
                                prefix + "checks",
                                List.of(prefix + "parse", prefix + "lint", prefix + "complexity", prefix + "embed"),
                                NodeBody.ErrorStrategy.FAIL_FAST),
                        "checks",
                        2.3),
                suggestion("remove_node", prefix, new RemoveNode(prefix + "history"), "history", 3.1));
        List<WorkflowChange> changes = suggestions.stream()
                .flatMap(ranked -> ranked.suggestion().changes().stream())
                .toList();
        ChangeResult result = WorkflowChange.applyAll(before, changes);
        Workflow after = result instanceof ChangeResult.Applied applied ? applied.workflow() : before;
        Plan plan = new Plan(
                suggestions.stream().map(RankedSuggestion::suggestion).toList(),
                after,
                estimate(1.42),
                0.61,
                1,
                List.of(new Plan.Exclusion("prune-failing:" + prefix + "lint", "its risk HIGH is above MEDIUM")),
                "Hill climbing from 8 starts, 4,096 candidates.",
                4096);
        Plan alternative = new Plan(
                suggestions.stream().limit(1).map(RankedSuggestion::suggestion).toList(),
                after,
                estimate(1.3),
                0.8,
                1,
                List.of(),
                plan.algorithm(),
                4096);
        ValidationReport validation = new ValidationReport(
                ValidationVerdict.APPROVE,
                true,
                0,
                new Measured(2.21, 2.09, 2.34),
                new Measured(0.04, 0.01, 0.07),
                0,
                40,
                List.of(),
                List.of(
                        "0 of 40 outputs differ: at most 7.5 % would, at 95 %; of the original against itself 0 of 10",
                        "0 of 40 runs of the candidate failed, and 0 of 60 of the original"));
        return new ReportInput(
                prefix + "repo-review",
                Instant.parse("2026-01-02T03:04:05Z"),
                new TraceCounts(24, 1, List.of(new TraceCounts.Rejected("b.json", "not JSON at line 3")), true),
                before,
                new ObjectMapper().createObjectNode().put("id", before.id()),
                profile(before),
                bottlenecks(prefix),
                suggestions,
                plan,
                List.of(alternative),
                new ObjectMapper().createObjectNode().put("id", after.id()),
                validation,
                trace(prefix, false),
                trace(prefix, true),
                List.of("the price of 'fettle-extractive' is the project's own (models.yaml)"),
                List.of("fettle run " + prefix + "optimized.yaml", "to undo, run the original workflow.yaml"),
                3.3,
                1.5);
    }

    private static RankedSuggestion suggestion(
            String action, String prefix, WorkflowChange change, String target, double after) {
        Suggestion suggestion = new Suggestion(
                action + ":" + prefix + target,
                "sample",
                action,
                List.of(prefix + target),
                "node:" + prefix + target,
                RiskLevel.LOW,
                Recommendation.AUTOMATIC,
                "'" + prefix + target + "' takes " + after + " s that are not needed for the result.",
                List.of(new Evidence("seen in each of 24 runs", 24, 24, 0.2, 0.4)),
                List.of(change),
                List.of(),
                0.9);
        return new RankedSuggestion(suggestion, estimate(after));
    }

    static Estimate estimate(double after) {
        MetricEstimate duration = metric(3.31, after, after * 0.95, after * 1.06);
        MetricEstimate one = metric(1, 1, 1, 1);
        return new Estimate(
                duration,
                duration,
                metric(3.9, after * 1.2, after * 1.1, after * 1.4),
                metric(4.2, after * 1.3, after * 1.1, after * 1.6),
                metric(0.0012, 0.0011, 0.0010, 0.0012),
                one,
                one,
                0.91,
                24,
                List.of("quality is unchanged because outputs are equal (the strategy)"));
    }

    private static MetricEstimate metric(double before, double after, double low, double high) {
        return new MetricEstimate(before, after, low, high, Source.ESTIMATED);
    }

    private static List<Bottleneck> bottlenecks(String prefix) {
        List<Bottleneck> bottlenecks = new ArrayList<>();
        bottlenecks.add(bottleneck(BottleneckTypes.DOMINANT_NODE, Severity.HIGH, prefix + "find_similar", 0.284));
        bottlenecks.add(bottleneck(BottleneckTypes.HIDDEN_SEQUENTIAL_WORK, Severity.MEDIUM, prefix + "parse", 0.31));
        bottlenecks.add(bottleneck(BottleneckTypes.UNUSED_OUTPUT, Severity.LOW, prefix + "history", 0.06));
        return bottlenecks;
    }

    private static Bottleneck bottleneck(String type, Severity severity, String node, double share) {
        return new Bottleneck(
                type,
                severity,
                node,
                null,
                List.of(),
                "timeShare",
                share,
                0.2,
                new Evidence(
                        "takes " + Format.percent(share) + " of the time in 24 of 24 runs",
                        24,
                        24,
                        share - 0.02,
                        share + 0.02),
                "Look for a cheaper way to do the same.");
    }

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

    /** An analysis of a discovered workflow with so many nodes, branching and looping. */
    static ReportInput discovered(int size) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String id = "main/CodeAgent.run/Step " + i / 4 + "/"
                    + (i % 3 == 0 ? "LiteLLMModel.__call__#" + i : "search_tool_" + i);
            nodes.add(Node.builder(
                            id,
                            i % 3 == 0
                                    ? new NodeBody.Agent("gpt-4o", "")
                                    : new NodeBody.Tool("search_tool_" + i, Map.of()))
                    .build());
            if (i > 0) {
                edges.add(Edge.of(nodes.get((i - 1) / (1 + i % 3)).id(), id));
            }
            if (i > 4 && i % 9 == 0) {
                edges.add(new Edge(id, nodes.get(i - 4).id(), null, 5));
            }
        }
        Workflow workflow =
                new Workflow("discovered", nodes.get(0).id(), Set.of(), Set.of(), nodes, edges, List.of(), true);
        return ReportInput.analysis(
                "discovered",
                Instant.EPOCH,
                new TraceCounts(56, 0, List.of(), false),
                workflow,
                new ObjectMapper().createObjectNode(),
                profile(workflow),
                bottlenecks("main/CodeAgent.run/"),
                trace("main/CodeAgent.run/Step 1/", false));
    }
}
