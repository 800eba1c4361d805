package dev.fettle.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    private static final JsonReport REPORT = new JsonReport(Json.mapper());

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void anAnalysisHasItsDocumentedKeys() {
        ObjectNode json = REPORT.analyze(SampleReport.optimized(""));

        assertThat(keys(json)).containsExactly("traces", "workflow", "profile", "bottlenecks");
        assertThat(keys(json.get("traces"))).containsExactly("read", "incomplete", "rejected");
        assertThat(keys(json.at("/traces/rejected/0"))).containsExactly("source", "reason");
        JsonNode profile = json.get("profile");
        assertThat(keys(profile)).contains("runs", "successRate", "duration", "tokens", "cost", "nodes", "tools");
        assertThat(keys(profile.get("duration"))).contains("mean", "p50", "p95", "p99");
        assertThat(keys(profile.get("tokens"))).containsExactly("input", "output", "cachedInput");
        assertThat(keys(profile.get("cost"))).contains("usd", "unpricedModels");
        assertThat(keys(profile.at("/nodes/lint")))
                .contains("occurrences", "duration", "successRate", "errors", "tokens", "share");
        assertThat(keys(profile.at("/tools/linear_search")))
                .contains("calls", "failures", "duration", "repeatedCalls", "repeatedSameResult", "determinism");
        assertThat(keys(profile.at("/tools/linear_search/determinism")))
                .containsExactly("rate", "low", "high", "pairs");
        assertThat(keys(json.at("/bottlenecks/0")))
                .contains("type", "severity", "node", "tool", "metric", "value", "threshold", "evidence");
    }

    @Test
    void anOptimizationAddsSuggestionsPlanAndValidation() {
        ObjectNode json = REPORT.optimize(SampleReport.optimized(""));

        assertThat(keys(json))
                .containsExactly(
                        "traces",
                        "workflow",
                        "profile",
                        "bottlenecks",
                        "suggestions",
                        "plan",
                        "alternatives",
                        "validation");
        assertThat(keys(json.at("/alternatives/0")))
                .containsExactly("suggestions", "changes", "estimate", "score", "baselineScore");
        JsonNode suggestion = json.at("/suggestions/0");
        assertThat(keys(suggestion))
                .contains("id", "strategy", "action", "targets", "risk", "reason", "changes", "estimate");
        assertThat(suggestion.at("/changes/0/type").asText()).isEqualTo("substitute_tool");
        assertThat(keys(suggestion.get("estimate"))).contains("durationSeconds", "costUsd", "quality", "confidence");
        assertThat(keys(suggestion.at("/estimate/durationSeconds"))).contains("before", "after", "low", "high");
        assertThat(keys(json.get("validation")))
                .contains("verdict", "equivalent", "noiseFloor", "speedup", "costReduction", "errorRate", "runs");
        assertThat(keys(json.at("/validation/speedup"))).containsExactly("value", "low", "high");
        assertThat(json.at("/validation/verdict").asText()).isEqualTo("APPROVE");
        assertThat(json.at("/validation/costReduction").isNumber()).isTrue();
    }

    @Test
    void durationsAreSecondsAsNumbers() {
        ObjectNode json = REPORT.analyze(SampleReport.optimized(""));

        assertThat(json.at("/profile/duration/mean").isNumber()).isTrue();
        assertThat(json.at("/profile/duration/mean").asDouble()).isEqualTo(3.31);
        assertThat(json.at("/profile/cost/usd").asDouble()).isEqualTo(0.0288);
    }

    @Test
    void whatIsNotANumberIsNull() {
        ObjectNode json = REPORT.analyze(SampleReport.optimized(""));

        assertThat(json.at("/profile/tools/linear_search/determinism/rate").isNull())
                .isTrue();
        assertThat(json.at("/profile/tools/linear_search/determinism/pairs").asLong())
                .isZero();
    }

    @Test
    void planAndValidationThatAreNotThereAreNull() {
        ObjectNode json = REPORT.optimize(SampleReport.discovered(3));

        assertThat(json.get("plan").isNull()).isTrue();
        assertThat(json.get("validation").isNull()).isTrue();
        assertThat(json.get("suggestions")).isEmpty();
    }
}
