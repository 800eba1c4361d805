package dev.fettle.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.DurationSummary;
import dev.fettle.core.json.Json;
import org.junit.jupiter.api.Test;

class ReportWordsTest {
    @Test
    void aSuggestionIsNamedByWhatItDoes() {
        assertThat(SampleReport.optimized("").suggestions().stream().map(ranked -> Titles.of(ranked.suggestion())))
                .containsExactly(
                        "let indexed_search answer linear_search in find_similar",
                        "run 4 nodes as a dataflow block: parse … embed",
                        "remove node history");
    }

    @Test
    void oneThingIsNamedInTheSingular() {
        assertThat(Format.plural(1, "trace")).isEqualTo("1 trace");
        assertThat(Format.plural(0, "trace")).isEqualTo("0 traces");
        assertThat(TextReport.write(SampleReport.optimized(""), 100, false)).contains("1 suggestion left out");
    }

    @Test
    void noChangeHasNoDirection() {
        assertThat(Format.change(new MetricEstimate(1, 1, 1, 1, Source.ESTIMATED)))
                .isEqualTo("±0 %");
        assertThat(Format.change(new MetricEstimate(2, 1, 1, 1, Source.ESTIMATED)))
                .isEqualTo("−50 %");
        assertThat(Format.change(new MetricEstimate(1, 2, 2, 2, Source.ESTIMATED)))
                .isEqualTo("+100 %");
        assertThat(Format.percent(-0.00001)).isEqualTo("0 %");
    }

    @Test
    void smallSumsHaveTheSameNumberOfDecimals() {
        assertThat(Format.usd(0.0000990)).isEqualTo("$0.000099");
        assertThat(Format.usd(0.0001)).isEqualTo("$0.000100");
        assertThat(Format.usd(0.0000000012)).isEqualTo("$0.000000001");
    }

    @Test
    void whatWasNeverTimedIsUnknown() {
        assertThat(Format.mean(DurationSummary.NONE)).isEqualTo("–");
        assertThat(Format.p95(DurationSummary.NONE)).isEqualTo("–");
    }

    @Test
    void theMeasuredTimesStandBesideTheEstimate() {
        ReportInput input = SampleReport.optimized("");

        assertThat(ValidationSection.times(input))
                .containsExactly(
                        "mean time of a run 3.30 s → 1.50 s, 2.20×, measured",
                        "estimated from the profiled runs: 3.31 s → 1.42 s, 2.33×, 6.0 % off what was measured",
                        "estimated from the original's runs in the same pairs: 3.30 s → 1.48 s, 2.23×, 1.4 % off what was measured");
        JsonNode validation = new JsonReport(Json.mapper()).optimize(input).get("validation");
        assertThat(validation.get("originalSeconds").asDouble()).isEqualTo(3.3);
        assertThat(validation.get("optimizedSeconds").asDouble()).isEqualTo(1.5);
        assertThat(validation.get("estimatedSeconds").asDouble()).isEqualTo(1.48);
        assertThat(validation.get("estimates").get("profiledRuns").get("after").asDouble())
                .isEqualTo(1.42);
        assertThat(validation.get("estimates").get("pairedRuns").get("before").asDouble())
                .isEqualTo(3.3);
    }
}
