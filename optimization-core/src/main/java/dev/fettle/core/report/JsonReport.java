package dev.fettle.core.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report for programs. Durations are seconds, money is USD, rates are in [0, 1]; what is not a number is null. */
public final class JsonReport {
    private final ObjectMapper mapper;
    private final ProfileJson profiles;

    /**
     * @param mapper that knows the kinds of change
     */
    public JsonReport(ObjectMapper mapper) {
        this.mapper = mapper;
        this.profiles = new ProfileJson(mapper);
    }

    /** What was read, the workflow, its profile and its bottlenecks. */
    public ObjectNode analyze(ReportInput input) {
        ObjectNode root = mapper.createObjectNode();
        ObjectNode traces = root.putObject("traces");
        traces.put("read", input.traces().read());
        traces.put("incomplete", input.traces().incomplete());
        ArrayNode rejected = traces.putArray("rejected");
        input.traces()
                .rejected()
                .forEach(one -> rejected.addObject().put("source", one.source()).put("reason", one.reason()));
        root.set("workflow", input.definition());
        root.set("profile", profiles.profile(input.profile()));
        ArrayNode bottlenecks = root.putArray("bottlenecks");
        input.bottlenecks().forEach(bottleneck -> bottlenecks.add(bottleneck(bottleneck)));
        return root;
    }

    /** The analysis, and suggestions, plan, alternatives and validation; plan and validation are null where there are none. */
    public ObjectNode optimize(ReportInput input) {
        ObjectNode root = analyze(input);
        ArrayNode suggestions = root.putArray("suggestions");
        input.suggestions().forEach(ranked -> suggestions.add(suggestion(ranked)));
        Plan plan = input.plan();
        root.set("plan", plan == null ? mapper.nullNode() : plan(plan, input.optimizedDefinition()));
        ArrayNode alternatives = root.putArray("alternatives");
        input.alternatives().forEach(alternative -> alternatives.add(alternative(alternative)));
        ValidationReport validation = input.validation();
        root.set("validation", validation == null ? mapper.nullNode() : validation(validation, input));
        return root;
    }

    private ObjectNode bottleneck(Bottleneck bottleneck) {
        ObjectNode node = mapper.createObjectNode();
        node.put("type", bottleneck.type());
        node.put("severity", word(bottleneck.severity()));
        node.put("node", bottleneck.node());
        node.put("tool", bottleneck.tool());
        put(node, "related", bottleneck.related());
        node.put("metric", bottleneck.metric());
        number(node, "value", bottleneck.value());
        number(node, "threshold", bottleneck.threshold());
        node.set("evidence", evidence(bottleneck.evidence()));
        node.put("advice", bottleneck.advice());
        return node;
    }

    private ObjectNode evidence(Evidence evidence) {
        ObjectNode node = mapper.createObjectNode();
        node.put("text", evidence.text());
        node.put("count", evidence.count());
        node.put("runs", evidence.runs());
        number(node, "low", evidence.low());
        number(node, "high", evidence.high());
        return node;
    }

    private ObjectNode suggestion(RankedSuggestion ranked) {
        ObjectNode node = mapper.createObjectNode();
        var suggestion = ranked.suggestion();
        node.put("id", suggestion.id());
        node.put("strategy", suggestion.strategy());
        node.put("action", suggestion.action());
        put(node, "targets", suggestion.targets());
        node.put("risk", word(suggestion.risk()));
        node.put("recommendation", word(suggestion.recommendation()));
        node.put("reason", suggestion.reason());
        number(node, "confidence", suggestion.confidence());
        ArrayNode evidence = node.putArray("evidence");
        suggestion.evidence().forEach(one -> evidence.add(evidence(one)));
        node.set("changes", changes(suggestion.changes()));
        ArrayNode undo = node.putArray("undo");
        suggestion.changes().forEach(change -> undo.add(Undo.of(change)));
        Estimate estimate = ranked.estimate();
        node.set("estimate", estimate == null ? mapper.nullNode() : estimate(estimate));
        return node;
    }

    private ArrayNode changes(List<WorkflowChange> changes) {
        ArrayNode array = mapper.createArrayNode();
        for (WorkflowChange change : changes) {
            array.add(mapper.<JsonNode>valueToTree(change));
        }
        return array;
    }

    private ObjectNode estimate(Estimate estimate) {
        ObjectNode node = mapper.createObjectNode();
        node.set("durationSeconds", metric(estimate.durationSeconds()));
        node.set("durationP50Seconds", metric(estimate.durationP50Seconds()));
        node.set("durationP95Seconds", metric(estimate.durationP95Seconds()));
        node.set("durationP99Seconds", metric(estimate.durationP99Seconds()));
        node.set("costUsd", metric(estimate.costUsd()));
        node.set("success", metric(estimate.success()));
        node.set("quality", metric(estimate.quality()));
        number(node, "confidence", estimate.confidence());
        node.put("replayedTraces", estimate.replayedTraces());
        put(node, "assumptions", estimate.assumptions());
        return node;
    }

    private ObjectNode metric(MetricEstimate metric) {
        ObjectNode node = mapper.createObjectNode();
        number(node, "before", metric.before());
        number(node, "after", metric.after());
        number(node, "low", metric.low());
        number(node, "high", metric.high());
        node.put("source", word(metric.source()));
        return node;
    }

    private ObjectNode plan(Plan plan, @Nullable JsonNode definition) {
        ObjectNode node = alternative(plan);
        ArrayNode excluded = node.putArray("excluded");
        plan.excluded()
                .forEach(one ->
                        excluded.addObject().put("suggestion", one.suggestion()).put("reason", one.reason()));
        node.put("algorithm", plan.algorithm());
        node.put("evaluations", plan.evaluations());
        node.set("workflow", definition == null ? mapper.nullNode() : definition);
        return node;
    }

    private ObjectNode alternative(Plan plan) {
        ObjectNode node = mapper.createObjectNode();
        put(
                node,
                "suggestions",
                plan.suggestions().stream().map(one -> one.id()).toList());
        node.set(
                "changes",
                changes(plan.suggestions().stream()
                        .flatMap(one -> one.changes().stream())
                        .toList()));
        node.set("estimate", estimate(plan.estimate()));
        number(node, "score", plan.score());
        number(node, "baselineScore", plan.baselineScore());
        return node;
    }

    private ObjectNode validation(ValidationReport report, ReportInput input) {
        ObjectNode node = validation(report, input.measuredBeforeSeconds(), input.measuredAfterSeconds());
        Plan plan = input.plan();
        MetricEstimate profiled = plan == null ? null : plan.estimate().durationSeconds();
        MetricEstimate paired = input.expected();
        seconds(node, "estimatedSeconds", paired == null ? null : paired.after());
        ObjectNode estimates = node.putObject("estimates");
        estimates.set("profiledRuns", profiled == null ? mapper.nullNode() : metric(profiled));
        estimates.set("pairedRuns", paired == null ? mapper.nullNode() : metric(paired));
        return node;
    }

    /** A validation alone, with the mean measured seconds of both versions; null where they are not known. */
    public ObjectNode validation(
            ValidationReport report, @Nullable Double originalSeconds, @Nullable Double optimizedSeconds) {
        ObjectNode node = mapper.createObjectNode();
        node.put("verdict", report.verdict().name());
        node.put("equivalent", report.equivalent());
        node.put("exact", report.exact());
        number(node, "noiseFloor", report.noiseFloor());
        node.set("speedup", measured(report.speedup()));
        number(node, "costReduction", report.costReduction().value());
        node.set("costReductionInterval", measured(report.costReduction()));
        seconds(node, "originalSeconds", originalSeconds);
        seconds(node, "optimizedSeconds", optimizedSeconds);
        number(node, "errorRate", report.errorRate());
        node.put("runs", report.runs());
        put(node, "differences", report.differences());
        put(node, "reasons", report.reasons());
        return node;
    }

    private ObjectNode measured(Measured measured) {
        ObjectNode node = mapper.createObjectNode();
        number(node, "value", measured.value());
        number(node, "low", measured.low());
        number(node, "high", measured.high());
        return node;
    }

    private static void seconds(ObjectNode node, String key, @Nullable Double value) {
        number(node, key, value == null ? Double.NaN : value);
    }

    static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }

    static void put(ObjectNode node, String key, Collection<String> values) {
        ArrayNode array = node.putArray(key);
        values.forEach(array::add);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
