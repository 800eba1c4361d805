package dev.fettle.core.report;

import static dev.fettle.core.report.JsonReport.number;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.profile.CostSummary;
import dev.fettle.api.profile.DurationSummary;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.trace.TokenUsage;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A profile as JSON. */
final class ProfileJson {
    private final ObjectMapper mapper;

    ProfileJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    ObjectNode profile(PerformanceProfile profile) {
        ObjectNode node = mapper.createObjectNode();
        node.put("runs", profile.runs());
        node.put("incompleteRuns", profile.incompleteRuns());
        number(node, "successRate", profile.success().value());
        node.set("successInterval", rate(profile.success()));
        node.set("duration", duration(profile.duration()));
        node.set("tokens", tokens(profile.tokens()));
        number(node, "tokenEfficiency", profile.tokenEfficiency());
        node.set("cost", cost(profile.cost()));
        ObjectNode nodes = node.putObject("nodes");
        profile.nodes().forEach((id, one) -> nodes.set(id, node(one)));
        ObjectNode tools = node.putObject("tools");
        profile.tools().forEach((name, one) -> tools.set(name, tool(one)));
        return node;
    }

    private ObjectNode node(NodeProfile profile) {
        ObjectNode node = mapper.createObjectNode();
        node.put("kind", profile.kind().word());
        node.put("occurrences", profile.occurrences());
        node.put("runs", profile.runs());
        node.set("duration", duration(profile.duration()));
        node.set("exclusive", duration(profile.exclusive()));
        number(node, "share", profile.share());
        number(node, "successRate", profile.success().value());
        node.set("successInterval", rate(profile.success()));
        node.set("errors", counts(profile.errors()));
        number(node, "errorTrend", profile.errorTrend());
        node.set("tokens", tokens(profile.tokens()));
        node.put("usd", profile.usd());
        node.set("models", counts(profile.models()));
        node.set("toolCalls", counts(profile.toolCalls()));
        node.put("repeatedSameInput", profile.repeatedSameInput());
        node.put("repeatedSameOutput", profile.repeatedSameOutput());
        return node;
    }

    private ObjectNode tool(ToolProfile profile) {
        ObjectNode node = mapper.createObjectNode();
        node.put("calls", profile.calls());
        node.put("failures", profile.failures());
        node.set("duration", duration(profile.duration()));
        node.put("repeatedCalls", profile.repeatedCalls());
        node.put("repeatedSameResult", profile.repeatedSameResult());
        ObjectNode determinism = node.putObject("determinism");
        number(determinism, "rate", profile.determinism().value());
        number(determinism, "low", profile.determinism().low());
        number(determinism, "high", profile.determinism().high());
        determinism.put("pairs", profile.determinism().trials());
        node.put("usd", profile.usd());
        node.put("priced", profile.priced());
        node.put("cacheHits", profile.cacheHits());
        node.put("cacheMisses", profile.cacheMisses());
        return node;
    }

    private ObjectNode cost(CostSummary cost) {
        ObjectNode node = mapper.createObjectNode();
        node.put("usd", cost.usd());
        JsonReport.put(node, "unpricedModels", new TreeSet<>(cost.unpricedModels()));
        ObjectNode byModel = node.putObject("byModel");
        new TreeMap<String, BigDecimal>(cost.usdByModel()).forEach((name, usd) -> byModel.put(name, usd));
        ObjectNode byTool = node.putObject("byTool");
        new TreeMap<String, BigDecimal>(cost.usdByTool()).forEach((name, usd) -> byTool.put(name, usd));
        return node;
    }

    private ObjectNode duration(DurationSummary duration) {
        ObjectNode node = mapper.createObjectNode();
        double unknown = duration.count() == 0 ? Double.NaN : 0;
        number(node, "mean", unknown + Format.seconds(duration.mean()));
        number(node, "p50", unknown + Format.seconds(duration.p50()));
        number(node, "p95", unknown + Format.seconds(duration.p95()));
        number(node, "p99", unknown + Format.seconds(duration.p99()));
        number(node, "max", unknown + Format.seconds(duration.max()));
        number(node, "total", unknown + Format.seconds(duration.total()));
        node.put("count", duration.count());
        return node;
    }

    private ObjectNode tokens(TokenUsage tokens) {
        return mapper.createObjectNode()
                .put("input", tokens.input())
                .put("output", tokens.output())
                .put("cachedInput", tokens.cachedInput());
    }

    private ObjectNode rate(Rate rate) {
        ObjectNode node = mapper.createObjectNode();
        boolean known = rate.trials() > 0;
        number(node, "low", known ? rate.low() : Double.NaN);
        number(node, "high", known ? rate.high() : Double.NaN);
        node.put("trials", rate.trials());
        return node;
    }

    private ObjectNode counts(Map<String, Long> counts) {
        ObjectNode node = mapper.createObjectNode();
        new TreeMap<>(counts).forEach((name, count) -> node.put(name, count));
        return node;
    }
}
