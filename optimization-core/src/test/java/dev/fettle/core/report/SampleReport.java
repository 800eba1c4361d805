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
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.Suggestion;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reports of made-up analyses, of any size and with any names. */
final class SampleReport {
    private SampleReport() {}

    static Workflow workflow(String prefix) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < SampleRuns.NODES.length; i++) {
            boolean agent = SampleRuns.NODES[i].equals("summarize");
            List<String> reads =
                    switch (SampleRuns.NODES[i]) {
                        case "read_files" -> List.of("folder");
                        case "rank" -> List.of("lint", "complexity", "find_similar");
                        case "find_similar" -> List.of("embed");
                        case "summarize" -> List.of("rank");
                        default -> List.of("read_files");
                    };
            Node.Builder node = Node.builder(
                            prefix + SampleRuns.NODES[i],
                            agent
                                    ? new NodeBody.Agent("fettle-extractive", "Summarize")
                                    : new NodeBody.Function(SampleRuns.NODES[i]))
                    .state(reads, List.of(SampleRuns.NODES[i]))
                    .effects(Effects.NONE);
            nodes.add(
                    SampleRuns.NODES[i].equals("find_similar")
                            ? node.tools(Map.of("search", "linear_search")).build()
                            : node.build());
            if (i > 0) {
                edges.add(Edge.of(prefix + SampleRuns.NODES[i - 1], prefix + SampleRuns.NODES[i]));
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
                40,
                List.of(),
                List.of(
                        "0 of 40 outputs differ: at most 7.5 % would, at 95 %; of the original against itself 0 of 10",
                        "0 of 40 runs of the candidate failed, and 0 of 60 of the original"),
                false);
        return new ReportInput(
                prefix + "repo-review",
                Instant.parse("2026-01-02T03:04:05Z"),
                new TraceCounts(24, 1, List.of(new TraceCounts.Rejected("b.json", "not JSON at line 3")), true),
                before,
                new ObjectMapper().createObjectNode().put("id", before.id()),
                SampleRuns.profile(before),
                bottlenecks(prefix),
                suggestions,
                plan,
                List.of(alternative),
                new ObjectMapper().createObjectNode().put("id", after.id()),
                validation,
                SampleRuns.trace(prefix, false),
                SampleRuns.trace(prefix, true),
                List.of("the price of 'fettle-extractive' is the project's own (models.yaml)"),
                List.of("fettle run " + prefix + "optimized.yaml", "to undo, run the original workflow.yaml"),
                3.3,
                1.5,
                metric(3.3, 1.48, 1.4, 1.56));
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
                SampleRuns.profile(workflow),
                bottlenecks("main/CodeAgent.run/"),
                SampleRuns.trace("main/CodeAgent.run/Step 1/", false));
    }
}
